using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Access;

namespace Headroom.Cli.Stats;

/// <summary>Asks a running proxy.</summary>
internal static class ProxyClient
{
    /// <summary>It answers from memory; one that takes longer is stuck, or none.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>What it counted, as JSON.</summary>
    /// <param name="port">The port of a proxy on this machine.</param>
    /// <param name="url">The address of another one instead.</param>
    /// <param name="token">Its token; that of a proxy this user started is in its state file.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="CliException">No proxy answers.</exception>
    public static async Task<byte[]> StatsAsync(int port, string? url, string? token, CancellationToken cancellationToken)
    {
        RunningProxy? left = url is null ? StateFile.Read(port) : null;
        string address = (url ?? left?.Address.GetLeftPart(UriPartial.Authority) ?? FormattableString.Invariant($"http://127.0.0.1:{port}")).TrimEnd('/');
        string? own = left is not null && StateFile.IsRunning(left) ? left.Token : null; // for the process that left it, not for who listens there now
        return await StatsAsync(address, token ?? own, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same of a proxy that is known; <see langword="null"/> where it does not answer.</summary>
    public static async Task<byte[]?> TryStatsAsync(RunningProxy proxy, CancellationToken cancellationToken)
    {
        try
        {
            return await StatsAsync(proxy.Address.GetLeftPart(UriPartial.Authority), proxy.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private static async Task<byte[]> StatsAsync(string address, string? token, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Timeout };
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "/headroom/stats");
        if (token is not null) request.Headers.TryAddWithoutValidation(Gate.TokenHeader, token);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == System.Net.HttpStatusCode.Unauthorized) throw new CliException($"the proxy on {address} wants its token. Give it with --token.", ExitCodes.CannotConnect);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode && ProxyStats.IsOurs(body)
                ? body
                : throw new CliException($"what answers on {address} is no headroom proxy.", ExitCodes.CannotConnect);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"no proxy answers on {address}. Start one with headroom proxy, or name its --port.", ExitCodes.CannotConnect);
        }
    }
}
