using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor.Proxies;

/// <summary>Asks an address who it is.</summary>
internal static class ProxyProbe
{
    /// <summary>It answers from memory, on this machine; a busy one takes a second.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>Figures of thousands of sessions take a few.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>Asks.</summary>
    /// <param name="root">The address everything of the proxy's stands below, without a slash at the end; it may hold the path of a token.</param>
    /// <param name="token">The token to bring in the header.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<ProxyAnswer> AskAsync(string root, string? token, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = s_patience, MaxResponseContentBufferSize = MaxBytes };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, root + "/headroom/stats");
            if (token is not null) request.Headers.TryAddWithoutValidation(Gate.TokenHeader, token);
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.Unauthorized && body.AsSpan().IndexOf("headroom_proxy_error"u8) >= 0) return new ProxyAnswer(Answerer.HeadroomThatWantsAToken);
            JsonElement? stats = response.IsSuccessStatusCode ? JsonFields.TryParse(body) : null;
            return stats?.Object("proxy")?.Text("name") == "headroom" ? new ProxyAnswer(Answerer.Headroom, stats) : new ProxyAnswer(Answerer.AnotherProgram);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable })
        {
            return new ProxyAnswer(Answerer.Nobody);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProxyAnswer(Answerer.Silence);
        }
        catch (Exception e) when (e is HttpRequestException or UriFormatException or InvalidOperationException)
        {
            return new ProxyAnswer(Answerer.AnotherProgram);
        }
    }
}
