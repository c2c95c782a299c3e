using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>An MCP server reached over Streamable HTTP, or over the older HTTP with server-sent events where it knows nothing newer.</summary>
/// <remarks>What HTTP says and JSON-RPC cannot (a server that is not there, a status) reaches the client as an error response.</remarks>
internal sealed class HttpServerChannel : IMessageChannel
{
    private readonly Uri _url;
    private readonly ITransport _transport;
    private readonly TextWriter _talk;
    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _sending = new(StringComparer.Ordinal);
    private int _isEnding;

    private HttpServerChannel(Uri url, ITransport transport, TextWriter talk)
    {
        (_url, _transport, _talk) = (url, transport, talk);
        _ = ReadAsync();
    }

    /// <summary>Prepares to talk to a server. Whether it is there, the first message shows.</summary>
    public static async Task<HttpServerChannel> ConnectAsync(Uri url, IReadOnlyDictionary<string, string> headers, TextWriter talk, CancellationToken cancellationToken)
    {
        var options = new HttpClientTransportOptions { Endpoint = url, AdditionalHeaders = new Dictionary<string, string>(headers) };
        return new HttpServerChannel(url, await new HttpClientTransport(options).ConnectAsync(cancellationToken).ConfigureAwait(false), talk);
    }

    public async ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _received.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _received.Reader.TryRead(out byte[]? message) ? message : null;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        RpcMessage? read = RpcMessage.Read(message);
        if (read is null || Parse(message) is not { } parsed)
        {
            Say("the client sent what is no JSON-RPC message; it was not passed on.");
            return;
        }

        if (read.Method == "notifications/cancelled" && IsCallOff(read)) return;
        if (!read.IsRequest) await TrySendAsync(parsed, null, cancellationToken).ConfigureAwait(false);
        // Sending a request takes until it is answered. What opens a session has to be through before anything else is sent.
        else if (read.Method is "initialize" or "server/discover") await TrySendAsync(parsed, read, cancellationToken).ConfigureAwait(false);
        else _ = Task.Run(() => TrySendAsync(parsed, read, cancellationToken), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0) return;
        await _transport.DisposeAsync().ConfigureAwait(false);
        _received.Writer.TryComplete();
    }

    private static JsonRpcMessage? Parse(ReadOnlyMemory<byte> message)
    {
        try
        {
            return JsonSerializer.Deserialize(message.Span, McpJson.Of<JsonRpcMessage>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task ReadAsync()
    {
        await foreach (JsonRpcMessage message in _transport.MessageReader.ReadAllAsync().ConfigureAwait(false)) Receive(message);
        _received.Writer.TryComplete();
    }

    private void Receive(JsonRpcMessage message) => _received.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes(message, McpJson.Of<JsonRpcMessage>()));

    /// <summary>From 2026-07-28 on a request is called off by closing its stream, and servers expect no message about it.</summary>
    private bool IsCallOff(RpcMessage cancelled)
    {
        if (cancelled.KeyOf(cancelled.Member(cancelled.Params, "requestId")) is not { } key || !_sending.TryGetValue(key, out CancellationTokenSource? sending)) return false;
        sending.Cancel();
        return true;
    }

    private async Task TrySendAsync(JsonRpcMessage message, RpcMessage? request, CancellationToken cancellationToken)
    {
        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool isStateless = request is not null && !request.Member(request.Member(request.Params, "_meta"), GatewaySession.VersionKey).IsAbsent;
        if (isStateless) _sending[request!.Key!] = calledOff;
        try
        {
            await _transport.SendMessageAsync(message, calledOff.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (calledOff.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
#pragma warning disable CA1031 // Whatever went wrong on the way, a client that waits is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (message is JsonRpcRequest waiting) Receive(new JsonRpcError { Id = waiting.Id, Error = Describe(e) });
            else Say($"a message to {_url} was not delivered: {e.Message}");
        }
        finally
        {
            if (isStateless) _sending.TryRemove(request!.Key!, out _);
        }
    }

    private JsonRpcErrorDetail Describe(Exception failure) => failure switch
    {
        UnsupportedProtocolVersionException e => new JsonRpcErrorDetail
        {
            Code = (int)e.ErrorCode,
            Message = e.Message,
            Data = JsonSerializer.SerializeToElement(new UnsupportedProtocolVersionErrorData { Supported = [.. e.Supported], Requested = e.Requested ?? "" }, McpJson.Of<UnsupportedProtocolVersionErrorData>()),
        },
        McpProtocolException e => new JsonRpcErrorDetail { Code = (int)e.ErrorCode, Message = e.Message },
        _ => new JsonRpcErrorDetail { Code = GatewaySession.ServerGone, Message = $"The MCP server at {_url} cannot be reached: {failure.Message}" },
    };

    private void Say(string talk) => _talk.WriteLine("headroom: " + talk);
}
