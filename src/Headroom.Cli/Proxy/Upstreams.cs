using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Proxy;

/// <summary>The providers requests may go to. They are set when the proxy starts; a request can only choose among them, by its path and family.</summary>
internal sealed class Upstreams
{
    private readonly Upstream[] _routes; // longest prefix first
    private readonly Upstream _anthropic;
    private readonly Upstream _openAI;

    /// <param name="anthropic">Takes Anthropic's paths, and whatever brings one of its headers.</param>
    /// <param name="openAI">Takes everything else.</param>
    /// <param name="routes">Take what begins with their prefixes.</param>
    public Upstreams(Upstream anthropic, Upstream openAI, IEnumerable<Upstream> routes)
    {
        (_anthropic, _openAI) = (anthropic, openAI);
        _routes = [.. routes.OrderByDescending(r => r.Prefix.Length)];
    }

    public static Upstreams Default { get; } = Of(null, null, null, []);

    /// <summary>The providers a command line names.</summary>
    /// <exception cref="CliException">One of them is none.</exception>
    public static Upstreams Of(string? all, string? anthropic, string? openAI, IEnumerable<string> routes) => new(
        Upstream.Parse("anthropic", "", all ?? anthropic ?? Upstream.AnthropicItself),
        Upstream.Parse("openai", "", all ?? openAI ?? "https://api.openai.com"),
        routes.Select(Route));

    private static Upstream Route(string route)
    {
        int equals = route.IndexOf('=', StringComparison.Ordinal);
        string prefix = equals < 0 ? route : route[..equals].TrimEnd('/');
        bool isPath = prefix.Length > 1 && prefix[0] == '/' && prefix.AsSpan().IndexOfAny("?#% ") < 0 && prefix != "/headroom" && !prefix.StartsWith("/headroom/", StringComparison.Ordinal);
        if (equals < 0 || !isPath) throw new CliException($"--route {route} is not understood. Give a path and an address, such as /azure=https://NAME.openai.azure.com/openai; /headroom is taken.", ExitCodes.Usage);
        return Upstream.Parse(prefix, prefix, route[(equals + 1)..]);
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Upstream> All => [.. _routes, _anthropic, _openAI];

    /// <summary>Where a request goes.</summary>
    /// <param name="path">Its path, as it was sent, without the query.</param>
    /// <param name="headers">Its headers.</param>
    public Upstream Find(ReadOnlySpan<char> path, IHeaderDictionary headers)
    {
        foreach (Upstream route in _routes)
        {
            if (path.StartsWith(route.Prefix, StringComparison.Ordinal) && (path.Length == route.Prefix.Length || path[route.Prefix.Length] == '/')) return route;
        }

        // Both families have paths such as /v1/models and /v1/files; Anthropic's clients always name the version of the interface. Claude Code asks for more than models.
        bool isAnthropic = path is "/v1/messages" or "/api/hello" || path.StartsWith("/v1/messages/", StringComparison.Ordinal) || path.StartsWith("/api/oauth/", StringComparison.Ordinal)
            || headers.ContainsKey("anthropic-version") || headers.ContainsKey("anthropic-beta");
        return isAnthropic ? _anthropic : _openAI;
    }
}
