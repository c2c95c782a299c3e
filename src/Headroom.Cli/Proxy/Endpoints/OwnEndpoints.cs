using System.Text;
using Headroom.Cli.Proxy.Accounts;
using Headroom.Cli.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Proxy.Endpoints;

/// <summary>Answers what is asked of the proxy itself, under <c>/headroom/</c>.</summary>
internal sealed class OwnEndpoints(ProxySettings settings, ConversationCompressor compressor, ProxyAccounts accounts)
{
    private const string Root = "/headroom";

    private readonly ProxyReport _report = new(settings, compressor, accounts);
    private readonly MetricsText _metrics = new(compressor, accounts);

    /// <summary>Everything that is counted, as <c>/headroom/stats</c> answers it.</summary>
    public ReadOnlyMemory<byte> Stats() => _report.Stats();

    /// <summary>Answers a request, or leaves it to a provider.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context, string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal) || (path.Length > Root.Length && path[Root.Length] != '/')) return false;
        string method = context.Request.Method, name = path[Root.Length..];
        if (method is not ("GET" or "HEAD")) await Refusal.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "headroom proxy: this address only answers GET.").ConfigureAwait(false);
        else if (name.Length == 0) Redirect(context);
        else if (name == "/") await WriteAsync(context, "text/html; charset=utf-8", LivePage.Html).ConfigureAwait(false);
        else if (name == "/health") await WriteAsync(context, "application/json", _report.Health()).ConfigureAwait(false);
        else if (name == "/stats") await WriteAsync(context, "application/json", _report.Stats()).ConfigureAwait(false);
        else if (name == "/metrics") await WriteAsync(context, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(_metrics.Write())).ConfigureAwait(false);
        else await Refusal.WriteAsync(context, StatusCodes.Status404NotFound, "headroom proxy: nothing is here. There is /headroom/, /headroom/health, /headroom/stats and /headroom/metrics.").ConfigureAwait(false);
        return true;
    }

    /// <summary>To the page, by an address that also holds behind a token in the path.</summary>
    private static void Redirect(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = "headroom/";
    }

    private static async Task WriteAsync(HttpContext context, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = LivePage.Policy;
        if (context.Request.Method == "GET") await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
