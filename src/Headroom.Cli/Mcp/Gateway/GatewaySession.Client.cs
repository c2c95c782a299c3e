using System.Text;
using Headroom.Cli.Wire;
using Headroom.Retrieval;
using Headroom.Tokens;

namespace Headroom.Cli.Mcp.Gateway;

/// <content>What comes from the client.</content>
internal sealed partial class GatewaySession
{
    /// <summary>The first protocol version whose clients know structured content.</summary>
    private const string FirstStructured = "2025-06-18";

    private async ValueTask FromClientAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        if (BatchOf(line) is not { } batch)
        {
            if (await IsForServerAsync(line, cancellationToken).ConfigureAwait(false)) await _server.SendAsync(line, cancellationToken).ConfigureAwait(false);
            return;
        }

        List<ReadOnlyMemory<byte>> rest = [];
        foreach (ReadOnlyMemory<byte> message in batch)
        {
            if (await IsForServerAsync(message, cancellationToken).ConfigureAwait(false)) rest.Add(message);
        }

        if (rest.Count == batch.Length) await _server.SendAsync(line, cancellationToken).ConfigureAwait(false);
        else if (rest.Count > 0) await _server.SendAsync(Batch(rest), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a message goes on; a call of our own tool is answered here.</summary>
    private async ValueTask<bool> IsForServerAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (RpcMessage.Read(bytes) is not { Method: { } method } message) return true;
        if (method == "notifications/cancelled") return !IsOurs(message);
        if (!message.IsRequest) return true;
        ToolCall? call = CallOf(message);
        string? version = message.TextOf(message.Member(message.Member(message.Params, "_meta"), VersionKey));
        if (method == "tools/call" && call?.Tool == RetrievalTool.Name && _catalog.IsDeclared)
        {
            var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _ours[message.Key!] = cancelled;
            await BesideAsync(() => RetrieveAsync(message, call, isTyped: version is not null, cancelled), cancellationToken).ConfigureAwait(false);
            return false;
        }

        bool knowsStructured = (version ?? _version) is not { } at || string.CompareOrdinal(at, FirstStructured) >= 0;
        _open.Add(new OpenRequest(message.Key!, message.Id.Of(bytes.Span).ToArray(), method, call, knowsStructured));
        return true;
    }

    /// <summary>The call whose result answers a request: its own, or the one a task was made of.</summary>
    private ToolCall? CallOf(RpcMessage request)
    {
        if (request.Method == "tasks/result") return request.TextOf(request.Member(request.Params, "taskId")) is { } task ? _open.Deferred(task) : null;
        if (request.Method != "tools/call") return null;
        JsonSpan[] members = request.Members(request.Params, "name", "arguments");
        string? arguments = members[1].IsAbsent ? null : Encoding.UTF8.GetString(members[1].Of(request.Bytes.Span));
        return request.TextOf(members[0]) is { } tool ? new ToolCall(tool, arguments) : null;
    }

    /// <summary>Calls off what the client no longer waits for. What the server still works on, it hears of itself.</summary>
    private bool IsOurs(RpcMessage cancelled)
    {
        if (cancelled.KeyOf(cancelled.Member(cancelled.Params, "requestId")) is not { } key) return false;
        if (!_ours.TryGetValue(key, out CancellationTokenSource? ours))
        {
            _open.Take(key);
            return false;
        }

        ours.Cancel();
        return true;
    }

    private async Task RetrieveAsync(RpcMessage request, ToolCall call, bool isTyped, CancellationTokenSource cancelled)
    {
        try
        {
            bool isError = !RetrievalRequest.TryParse(call.Arguments ?? "{}", out RetrievalRequest? wanted, out string? problem);
            string answer = isError
                ? RetrievalAnswers.Unusable(problem!)
                : await _resolver.AnswerAsync(wanted!, new RetrievalContext(), cancelled.Token).ConfigureAwait(false);
            if (!isError) _figures.Retrieved(O200kTokenCounter.Instance.Count(answer));
            await _client.SendAsync(RpcAnswers.Text(request.Id.Of(request.Bytes.Span), answer, isError, isTyped), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the answer.
        }
        finally
        {
            _ours.TryRemove(request.Key!, out _);
            cancelled.Dispose();
        }
    }
}
