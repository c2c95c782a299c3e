using System.Net;
using System.Security.Cryptography;
using System.Text;
using Headroom.Cli.Proxy.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Proxy.Access;

/// <summary>Decides whether a request may come in.</summary>
/// <remarks>
/// Without a token the proxy is for this machine: a web page that has its own name point here (DNS rebinding) still says that name in <c>Host</c>, and is turned
/// away. With a token, who knows it may come in under any name.
/// </remarks>
internal sealed class Gate(string? token)
{
    /// <summary>The header that brings the token. It ends here.</summary>
    public const string TokenHeader = "X-Headroom-Token";

    /// <summary>The beginning of a path that brings the token, for clients that can only be told an address.</summary>
    public const string TokenPath = "/headroom/token/";

    private readonly byte[]? _token = token is null ? null : Encoding.UTF8.GetBytes(token);

    /// <summary>Lets a request in, or says why not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">Its path and query as they were sent; without the token afterwards.</param>
    /// <returns>The status to refuse it with and the reason; <see langword="null"/> when it may come in.</returns>
    public (int Status, string Why)? Check(HttpContext context, ref string target)
    {
        string? given = context.Request.Headers[TokenHeader];
        if (TokenIn(target, out string rest) is { } inPath)
        {
            given = inPath;
            target = rest is "" or ['?', ..] ? "/" + rest : rest;
        }

        if (_token is not null)
        {
            return given is not null && CryptographicOperations.FixedTimeEquals(_token, Encoding.UTF8.GetBytes(given))
                ? null
                : (StatusCodes.Status401Unauthorized, $"headroom proxy: this proxy wants its token, in the header {TokenHeader} or in the path {TokenPath}TOKEN.");
        }

        return IsOfThisMachine(context.Request.Host.Host)
            ? null
            : (StatusCodes.Status421MisdirectedRequest, "headroom proxy: the Host of the request is not this machine. Use http://127.0.0.1 or http://localhost, or start the proxy with --token.");
    }

    /// <summary>The token a path brings; <see langword="null"/> for none.</summary>
    /// <param name="target">A path, and maybe a query.</param>
    /// <param name="rest">What stands behind the token; all of it where there is none.</param>
    public static string? TokenIn(string target, out string rest)
    {
        rest = target;
        if (!target.StartsWith(TokenPath, StringComparison.Ordinal)) return null;
        int end = target.AsSpan(TokenPath.Length).IndexOfAny('/', '?');
        rest = end < 0 ? "" : target[(TokenPath.Length + end)..];
        return target[TokenPath.Length..^rest.Length];
    }

    /// <summary>Names a browser resolves to this machine itself. Only HTTP/1.0 may say none, and no browser speaks that.</summary>
    private static bool IsOfThisMachine(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
