using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Makes the request to the provider from the client's: the same, but for what belongs to one connection, and for its body.</summary>
internal static class RequestMessage
{
    /// <summary>A request that names no length and no encoding of the body it came with, where that body was replaced.</summary>
    private const string ContentLength = "Content-Length", ContentEncoding = "Content-Encoding";

    /// <param name="request">The client's request.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="content">Its body; <see langword="null"/> where it has none.</param>
    /// <param name="isDecoded">Whether the body is sent without the encoding it came in.</param>
    /// <param name="ownHeader">The header that is for this proxy alone.</param>
    public static HttpRequestMessage Make(HttpRequest request, Uri target, HttpContent? content, bool isDecoded, string ownHeader)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), target)
        {
            Content = content,
            Version = System.Net.HttpVersion.Version11, // as the clients of this proxy: status lines, framing and aborts map one to one
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        StringValues connection = request.Headers.Connection;
        if (Tunnel.IsWanted(request.HttpContext))
        {
            message.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            message.Headers.TryAddWithoutValidation("Upgrade", (IEnumerable<string?>)request.Headers.Upgrade);
        }

        foreach ((string name, StringValues values) in request.Headers)
        {
            if (HopByHop.Ends(name, connection) || IsOurs(name, isDecoded, ownHeader)) continue;
            if (message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) continue;
            message.Content ??= new SplicedContent(ReadOnlyMemory<byte>.Empty, isChunked: false); // the framework wants a body to hang Content-Type on
            message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return message;
    }

    /// <summary>Host names the provider instead; the server answered Expect itself and keeps trailers; lengths are those of what is sent.</summary>
    private static bool IsOurs(string name, bool isDecoded, string ownHeader) =>
        name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Expect", StringComparison.OrdinalIgnoreCase) || name.Equals("Trailer", StringComparison.OrdinalIgnoreCase)
        || name.Equals(ContentLength, StringComparison.OrdinalIgnoreCase) || (isDecoded && name.Equals(ContentEncoding, StringComparison.OrdinalIgnoreCase))
        || name.Equals(ownHeader, StringComparison.OrdinalIgnoreCase);
}
