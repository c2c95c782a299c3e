using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>A response that is a stream of messages, each a server-sent event.</summary>
internal sealed class EventStream(HttpContext context) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends the head of the response, and keeps it open until it is ended or nobody reads it any more.</summary>
    public async Task HoldAsync(CancellationToken stopping)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies on the way are not to collect events
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        using CancellationTokenRegistration aborted = context.RequestAborted.Register(End), stopped = stopping.Register(End);
        await _ended.Task.ConfigureAwait(false);
        await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false); // what is being written is written whole
    }

    /// <summary>Writes a message.</summary>
    /// <returns><see langword="false"/> when nobody reads it any more.</returns>
    public async Task<bool> WriteAsync(ReadOnlyMemory<byte> message)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_ended.Task.IsCompleted) return false;
            byte[] text = [.. "event: message\ndata: "u8, .. message.Span, .. "\n\n"u8];
            await context.Response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            End();
            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the response.</summary>
    public void End() => _ended.TrySetResult();

    public void Dispose() => _writing.Dispose();
}
