using System.Net;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>Turns away web pages: one that has its own name point to this machine still says that name, and one of another origin says its origin.</summary>
internal static class LocalRequest
{
    public static bool IsAllowed(HttpRequest request) =>
        IsThisMachine(request.Host.Host)
        && (request.Headers.Origin.Count == 0 || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out Uri? origin) && IsThisMachine(origin.Host)));

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
