using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Ends a client's connection where the provider ended its own: behind all that was sent, and without an end that never came.</summary>
internal static class Hangup
{
    /// <summary>How long a client may take to read what is left.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task AfterAsync(HttpContext context)
    {
        // Completing the output sends what is left and closes the connection in order. Aborting at once would reset it, and throw away what the client has not read yet.
        await context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.CompleteAsync().ConfigureAwait(false);
        CancellationToken closed = context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed;
        await Task.Delay(Patience, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }
}
