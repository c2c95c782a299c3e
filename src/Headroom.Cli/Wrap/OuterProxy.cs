using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Proxy.Running;

namespace Headroom.Cli.Wrap;

/// <summary>Finds base URLs in the environment that lead to a proxy of ours: of a wrap around this one, or of the user's. Two proxies in a row would only count twice.</summary>
internal static class OuterProxy
{
    /// <summary>A proxy before a proxy before a proxy; more are a circle.</summary>
    private const int MaxChain = 4;

    private static readonly string[] s_endings = ["_BASE_URL", "_API_BASE", "_API_URL"];

    /// <summary>The environment as it would be without such proxies: the base URLs are those of the real providers, and none where that is the usual one.</summary>
    /// <returns>That environment, and the proxy that was found first.</returns>
    public static async Task<(IReadOnlyDictionary<string, string> Environment, RunningProxy? Found)> ResolveAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var real = new Dictionary<string, string>(environment);
        RunningProxy? found = null;
        foreach (string name in environment.Keys.Where(n => s_endings.Any(e => n.EndsWith(e, StringComparison.OrdinalIgnoreCase))))
        {
            for (int i = 0; i < MaxChain; i++)
            {
                if (await FollowAsync(name, real[name], cancellationToken).ConfigureAwait(false) is not (var proxy, var behind)) break;
                found ??= proxy;
                real[name] = behind;
            }

            if (real[name] != environment[name] && Upstreams.Default.All.Any(u => real[name] == u.Address || real[name] == u.Address + "/v1")) real.Remove(name);
        }

        return (real, found);
    }

    private static async Task<(RunningProxy Proxy, string Behind)?> FollowAsync(string name, string value, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) || uri.Scheme != "http" || !uri.IsLoopback) return null;
        string? token = Gate.TokenIn(uri.AbsolutePath.TrimEnd('/'), out string path);
        if (path.StartsWith(HttpOnly.Path + "/", StringComparison.Ordinal)) path = path[HttpOnly.Path.Length..];
        var address = new Uri(uri.GetLeftPart(UriPartial.Authority));
        if (await ProxyHealth.AskAsync(address, token, cancellationToken).ConfigureAwait(false) is not { } health) return null;
        string family = name.StartsWith("ANTHROPIC", StringComparison.OrdinalIgnoreCase) ? "anthropic" : "openai";
        Upstream? upstream = health.Upstreams.FirstOrDefault(u => u.Prefix.Length > 0 && (path == u.Prefix || path.StartsWith(u.Prefix + "/", StringComparison.Ordinal)))
            ?? health.Upstreams.FirstOrDefault(u => u.Prefix.Length == 0 && u.Name == family);
        return upstream is null ? null : (new RunningProxy(address, token, health.ProcessId, health.Wrap), upstream.Address + path[upstream.Prefix.Length..]);
    }
}
