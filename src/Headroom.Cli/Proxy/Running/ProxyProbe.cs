using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Running;

/// <summary>Asks an address who it is, and what it has to say: past web proxies, following nobody elsewhere, for a bounded time and a bounded answer.</summary>
internal static class ProxyProbe
{
    /// <summary>What it is and how it is set up.</summary>
    public const string Health = "/headroom/health";

    /// <summary>The same, and everything it counts.</summary>
    public const string Stats = "/headroom/stats";

    /// <summary>How long one on this machine is waited for: it answers from memory, and a busy one takes a second.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Figures of thousands of sessions take a few.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>Asks.</summary>
    /// <param name="root">The address everything of the proxy's stands below, without a slash at the end; it may hold the path of a token.</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="token">The token to bring in the header.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<ProxyAnswer> AskAsync(string root, string path, string? token, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = patience, MaxResponseContentBufferSize = MaxBytes };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, root + path);
            if (token is not null) request.Headers.TryAddWithoutValidation(Gate.TokenHeader, token);
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.Unauthorized && body.AsSpan().IndexOf("headroom_proxy_error"u8) >= 0) return new ProxyAnswer(Answerer.HeadroomThatWantsAToken);
            var answer = new ProxyAnswer(Answerer.Headroom, body);
            JsonElement? identity = path == Stats ? answer.Json?.Object("proxy") : answer.Json;
            return response.IsSuccessStatusCode && identity?.Text("name") == "headroom" ? answer : new ProxyAnswer(Answerer.AnotherProgram);
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
