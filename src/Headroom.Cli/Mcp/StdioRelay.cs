using Headroom.Cli.Mcp.Gateway;

namespace Headroom.Cli.Mcp;

/// <summary>Hands messages from a client to the server and back. The server hears that the input has ended once it has answered what was asked before: it drops what it is working on then.</summary>
internal sealed class StdioRelay(IMessageChannel client, IMessageChannel server)
{
    /// <summary>How long answers are waited for at the end: longer than any text takes that fits into a message, short enough that no process stays for a request nobody answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasEnded;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Task answering = AnswerAsync(cancellationToken);
        while (await client.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            Asked(RpcMessage.Read(line));
            await server.SendAsync(line, cancellationToken).ConfigureAwait(false);
        }

        Change(() => _hasEnded = true);
        await Task.WhenAny(_allAnswered.Task, answering, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
        await server.DisposeAsync().ConfigureAwait(false);
        await answering.ConfigureAwait(false);
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        while (await server.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            await client.SendAsync(line, cancellationToken).ConfigureAwait(false);
            if (RpcMessage.Read(line) is { IsAnswer: true, Key: { } key }) Change(() => _open.Remove(key));
        }
    }

    private void Asked(RpcMessage? message)
    {
        if (message is { IsRequest: true, Key: { } key }) Change(() => _open.Add(key));
        else if (message?.Method == "notifications/cancelled" && message.KeyOf(message.Member(message.Params, "requestId")) is { } cancelled) Change(() => _open.Remove(cancelled));
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            if (_hasEnded && _open.Count == 0) _allAnswered.TrySetResult();
        }
    }
}
