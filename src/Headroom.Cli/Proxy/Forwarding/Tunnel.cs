using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Joins two connections after a provider has agreed to speak WebSocket. What passes is not looked at.</summary>
internal static class Tunnel
{
    /// <summary>Whether a client asks for it. Some offer HTTP/2 in the same way; that offer is for this connection alone.</summary>
    public static bool IsWanted(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    public static async Task JoinAsync(HttpResponseMessage response, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = response.Headers.Upgrade.ToString();
        Stream client = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        Stream provider = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        await using (provider.ConfigureAwait(false))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task up = CopyAsync(client, provider, stop.Token), down = CopyAsync(provider, client, stop.Token);
            await Task.WhenAny(up, down).ConfigureAwait(false); // one side is done: both are
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ResponseCopy.BufferSize];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            await to.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
