using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>A client that speaks Streamable HTTP: its messages come as requests, and go back as events of their responses.</summary>
internal sealed class HttpClientChannel : IMessageChannel
{
    /// <summary>Messages kept for a client that listens to nothing at the moment. Later ones are dropped: a client that never listens wants none.</summary>
    private const int MaxWaiting = 256;

    private readonly Channel<byte[]> _received = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, EventStream> _requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, EventStream> _progress = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _waiting = new();
    private EventStream? _listening, _latest;

    /// <summary>Whether the client waits for something at this moment.</summary>
    public bool IsBusy => !_requests.IsEmpty || _listening is not null;

    /// <summary>Takes in a message that wants no response.</summary>
    public void Receive(byte[] message) => _received.Writer.TryWrite(message);

    /// <summary>Takes in a request, and keeps its response open until it is answered.</summary>
    public async Task AnswerAsync(RpcMessage request, EventStream response, CancellationToken stopping)
    {
        string? token = request.KeyOf(request.Member(request.Member(request.Params, "_meta"), "progressToken"));
        _requests[request.Key!] = response;
        if (token is not null) _progress[token] = response;
        Volatile.Write(ref _latest, response);
        Task held = response.HoldAsync(stopping);
        _received.Writer.TryWrite(request.Bytes.ToArray());
        try
        {
            await held.ConfigureAwait(false);
        }
        finally
        {
            _requests.TryRemove(KeyValuePair.Create(request.Key!, response));
            if (token is not null) _progress.TryRemove(KeyValuePair.Create(token, response));
            Interlocked.CompareExchange(ref _latest, null, response);
        }
    }

    /// <summary>Keeps a response open for what the server says without having been asked.</summary>
    /// <returns><see langword="false"/> when one is open already.</returns>
    public async Task<bool> ListenAsync(EventStream response, CancellationToken stopping)
    {
        if (Interlocked.CompareExchange(ref _listening, response, null) is not null) return false;
        try
        {
            Task held = response.HoldAsync(stopping);
            while (_waiting.TryDequeue(out ReadOnlyMemory<byte> message)) await response.WriteAsync(message).ConfigureAwait(false);
            await held.ConfigureAwait(false);
            return true;
        }
        finally
        {
            Volatile.Write(ref _listening, null);
        }
    }

    public async ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _received.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _received.Reader.TryRead(out byte[]? message) ? message : null;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (RpcMessage.Read(message) is not { } read) return;
        if (read.IsAnswer)
        {
            if (read.Key is not { } key || !_requests.TryRemove(key, out EventStream? response)) return;
            await response.WriteAsync(message).ConfigureAwait(false);
            response.End();
            return;
        }

        string? token = read.Method == "notifications/progress" ? read.KeyOf(read.Member(read.Params, "progressToken")) : null;
        EventStream? related = token is not null ? _progress.GetValueOrDefault(token) : null;
        foreach (EventStream? stream in new[] { related, Volatile.Read(ref _listening), Volatile.Read(ref _latest) })
        {
            if (stream is not null && await stream.WriteAsync(message).ConfigureAwait(false)) return;
        }

        if (_waiting.Count < MaxWaiting) _waiting.Enqueue(message);
    }

    /// <summary>The client is gone.</summary>
    public ValueTask DisposeAsync()
    {
        _received.Writer.TryComplete();
        foreach (EventStream response in _requests.Values) response.End();
        Volatile.Read(ref _listening)?.End();
        return ValueTask.CompletedTask;
    }
}
