using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>A response that is a stream of messages, each a server-sent event. Thread-safe.</summary>
internal sealed class EventStream(HttpContext context)
{
    /// <summary>Messages that wait for a client that reads slowly. Further ones wait where they come from.</summary>
    private const int MaxWaiting = 64;

    private readonly Channel<ReadOnlyMemory<byte>> _messages = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Sends the head of the response and then messages, until it is ended or nobody reads it any more.</summary>
    public async Task HoldAsync(CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies on the way are not to collect events
            await context.Response.StartAsync(gone.Token).ConfigureAwait(false);
            await foreach (ReadOnlyMemory<byte> message in _messages.Reader.ReadAllAsync(gone.Token).ConfigureAwait(false))
            {
                byte[] text = [.. "event: message\ndata: "u8, .. message.Span, .. "\n\n"u8];
                await context.Response.Body.WriteAsync(text, gone.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(gone.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody reads it any more.
        }
        finally
        {
            End();
        }
    }

    /// <summary>Adds a message.</summary>
    /// <returns><see langword="false"/> when the response has ended.</returns>
    public async Task<bool> WriteAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _messages.Writer.WriteAsync(message).ConfigureAwait(false);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>Ends the response when what was added is sent.</summary>
    public void End() => _messages.Writer.TryComplete();
}
