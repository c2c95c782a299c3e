using Microsoft.Extensions.Primitives;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Headers that belong to one connection and are not passed on (RFC 9110, section 7.6.1).</summary>
internal static class HopByHop
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Whether a header ends here: by its name, or because <c>Connection</c> names it.</summary>
    public static bool Ends(string name, StringValues connection)
    {
        if (Names.Contains(name)) return true;
        foreach (string? value in connection)
        {
            foreach (Range part in value.AsSpan().Split(','))
            {
                if (value.AsSpan()[part].Trim().Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }
}
