using System.Net;
using System.Text;
using Headroom.Cli.Proxy.Answers;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Sends requests to providers, and their responses to clients.</summary>
internal sealed class Forwarder : IDisposable
{
    /// <summary>How long making a connection may take: a client would have noticed a dead address by itself in about as long.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection is used, so that a change of addresses is noticed.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    /// <summary>In kilobytes: many times what providers send.</summary>
    private const int MaxResponseHeaders = 128;

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        // As if it were not there: nothing is followed, remembered, decoded or added.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
        MaxResponseHeadersLength = MaxResponseHeaders,
        Proxy = new DirectOnLoopback(HttpClient.DefaultProxy),
    });

    public void Dispose() => _invoker.Dispose();

    /// <summary>Sends a request and gives the client what comes back.</summary>
    /// <param name="context">The client.</param>
    /// <param name="request">The request.</param>
    /// <param name="onSent">Told when the response begins; what it returns reads along.</param>
    /// <returns>How it ended.</returns>
    public async Task<Delivery> SendAsync(HttpContext context, HttpRequestMessage request, Func<HttpResponseMessage, AnswerTap?> onSent)
    {
        CancellationToken gone = context.RequestAborted;
        try
        {
            using HttpResponseMessage response = await _invoker.SendAsync(request, gone).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                ResponseCopy.Head(response, context);
                await Tunnel.JoinAsync(response, context, gone).ConfigureAwait(false);
                return Delivery.Whole;
            }

            ResponseCopy.Head(response, context);
            await ResponseCopy.BodyAsync(response, context, onSent(response), gone).ConfigureAwait(false);
            return Delivery.Whole;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return Delivery.ClientGone;
        }
        catch (Exception e) when (!context.Response.HasStarted && IsUnreachable(e))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status502BadGateway, $"headroom proxy: {request.RequestUri!.GetLeftPart(UriPartial.Authority)} {Why(e)}.").ConfigureAwait(false);
            return Delivery.Unreachable;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (gone.IsCancellationRequested) return Delivery.ClientGone;
            await Hangup.AfterAsync(context).ConfigureAwait(false);
            return Delivery.Broken;
        }
    }

    /// <summary>Whether nothing was sent, or what came back cannot be passed on: a client of its own would have got an error, not a response.</summary>
    private static bool IsUnreachable(Exception failure) => failure is OperationCanceledException { InnerException: TimeoutException } or InvalidOperationException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded,
    };

    private static string Why(Exception failure) => (failure as HttpRequestException)?.HttpRequestError switch
    {
        null when failure is InvalidOperationException => "answers with headers that hold characters no header may",
        null => $"cannot be reached: no connection within {ConnectTimeout.TotalSeconds:0} seconds",
        HttpRequestError.InvalidResponse => "answers with what is not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => $"answers with headers longer than {MaxResponseHeaders} KB",
        HttpRequestError.NameResolutionError => "cannot be reached: its name cannot be resolved",
        _ => "cannot be reached: " + (failure.InnerException?.Message ?? failure.Message).TrimEnd('.'),
    };
}
