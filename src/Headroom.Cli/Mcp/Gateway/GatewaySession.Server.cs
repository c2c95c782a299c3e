using System.Globalization;

namespace Headroom.Cli.Mcp.Gateway;

/// <content>What comes from the server.</content>
internal sealed partial class GatewaySession
{
    private async ValueTask FromServerAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (BatchOf(line) is { } batch)
        {
            List<ReadOnlyMemory<byte>> messages = [];
            foreach (ReadOnlyMemory<byte> bytes in batch) messages.Add(RpcMessage.Read(bytes) is { } each ? await RewriteAsync(each, Answered(each), cancellationToken).ConfigureAwait(false) : bytes);
            await _client.SendAsync(Batch(messages), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (RpcMessage.Read(line) is not { } message)
        {
            // Most often a log line that belongs on stderr. A client could do nothing with it but stumble.
            Say(string.Create(CultureInfo.InvariantCulture, $"the MCP server wrote a line of {line.Length:N0} bytes that is no JSON-RPC message; it was not passed on."));
            return;
        }

        OpenRequest? answered = Answered(message);
        if (answered?.Call is null) await PassAsync().ConfigureAwait(false);
        else await BesideAsync(PassAsync, cancellationToken).ConfigureAwait(false);

        async Task PassAsync() =>
            await _client.SendAsync(await RewriteAsync(message, answered, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request a message answers; <see langword="null"/> where it answers none.</summary>
    private OpenRequest? Answered(RpcMessage message) => message.IsAnswer ? _open.Take(message.Key) : null;

    private async ValueTask<ReadOnlyMemory<byte>> RewriteAsync(RpcMessage message, OpenRequest? answered, CancellationToken cancellationToken)
    {
        if (answered is null || message.Result.IsAbsent) return message.Bytes;
        try
        {
            if (answered.Method == "initialize") _version = message.TextOf(message.Member(message.Result, "protocolVersion"));
            if (answered.Method == "tools/list") return _catalog.Rewrite(message);
            if (answered.Call is not { } call) return message.Bytes;
            if (message.TextOf(message.Member(message.Member(message.Result, "task"), "taskId")) is { } task) _open.Defer(task, call);
            return await _results.RewriteAsync(message, call, answered.KnowsStructured, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever fails here, the answer of the server is passed on as it came (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Say($"an answer to {answered.Method} could not be read ({e.GetType().Name}); it was passed on unchanged.");
            return message.Bytes;
        }
    }

    private void Say(string talk) => _talk.WriteLine("headroom: " + talk);
}
