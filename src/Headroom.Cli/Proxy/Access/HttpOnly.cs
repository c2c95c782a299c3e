using Headroom.Cli.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Proxy.Access;

/// <summary>A beginning of paths for clients that speak WebSocket where they can, and HTTP where they are told to: what passes through a WebSocket cannot be read.</summary>
/// <remarks>Codex goes on with HTTP at once when it is answered 426, and tries again for seconds at any other status (seen with 0.171.0).</remarks>
internal static class HttpOnly
{
    /// <summary>What the path begins with, before that of the provider.</summary>
    public const string Path = "/headroom/http";

    /// <summary>Takes it away.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">Its path and query.</param>
    /// <returns>Whether the request wants what its own path rules out.</returns>
    public static bool IsBroken(HttpContext context, ref string target)
    {
        if (!target.StartsWith(Path + "/", StringComparison.Ordinal)) return false;
        target = target[Path.Length..];
        return Tunnel.IsWanted(context);
    }
}
