using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Headroom.Cli.Doctor.Proxies;
using Headroom.Cli.Proxy.Forwarding;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether the providers of running proxies can be reached. A connection is made and closed; nothing is asked.</summary>
internal sealed class UpstreamCheck : ICheck
{
    /// <summary>Less than the proxy itself waits: who needs longer is as good as gone.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public CheckGroup Group => CheckGroup.Proxy;

    public string Subject => "the providers";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<FoundProxy> proxies = await context.ProxiesAsync(cancellationToken).ConfigureAwait(false);
        Uri[] addresses =
        [
            .. proxies.SelectMany(p => p.Settings?.List("upstreams") ?? []).Select(u => u.Text("address"))
                .Select(a => Uri.TryCreate(a, UriKind.Absolute, out Uri? uri) ? uri : null).OfType<Uri>().DistinctBy(u => u.GetLeftPart(UriPartial.Authority)),
        ];
        if (context.Offline) return addresses.Length == 0 ? [] : [Finding.Ok("whether providers can be reached was not tried (--offline)")];
        (Uri Address, string? Why)[] tried = await Task.WhenAll(addresses.Select(async a => (a, await TryAsync(a, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        bool isAnyReached = tried.Any(t => t.Why is null);
        // Of two families one may never be asked, and be closed on purpose.
        return
        [
            .. tried.Select(t => t.Why is null ? Finding.Ok($"{NameOf(t.Address)} can be reached")
                : isAnyReached ? Finding.Warning($"{NameOf(t.Address)} cannot be reached: {t.Why}", "requests to it fail; the others do not")
                : Finding.Problem($"{NameOf(t.Address)} cannot be reached: {t.Why}", "check the network, HTTPS_PROXY, and the addresses headroom proxy was started with")),
        ];
    }

    private static string NameOf(Uri address) => $"{address.Scheme}://{address.Authority}";

    /// <summary>Connects as the proxy would.</summary>
    /// <returns>What fails; <see langword="null"/> where nothing does.</returns>
    private static async Task<string?> TryAsync(Uri address, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        Uri? webProxy = new DirectOnLoopback(HttpClient.DefaultProxy).GetProxy(address);
        bool isFar = webProxy is not null && webProxy != address;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(isFar ? webProxy!.IdnHost : address.IdnHost, isFar ? webProxy!.Port : address.Port, patience.Token).ConfigureAwait(false);
            if (isFar || address.Scheme != Uri.UriSchemeHttps) return null; // what lies behind a web proxy is not asked for
            using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.IdnHost }, patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no connection within {s_patience.TotalSeconds:0} seconds";
        }
        catch (SocketException e)
        {
            string to = isFar ? "the web proxy of the environment: " : "";
            return to + e.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "its name cannot be resolved",
                SocketError.ConnectionRefused => "nobody listens there",
                _ => "there is no way to it",
            };
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return e is AuthenticationException ? "its certificate is not trusted here" : "it ended the connection";
        }
    }
}
