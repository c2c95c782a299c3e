using System.Text;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>A response as bytes, taken apart.</summary>
internal sealed record RawResponse(string StatusLine, SortedSet<string> Headers, string Rest, bool InOrder)
{
    /// <summary>Sends a request over a connection of its own and reads until it is closed.</summary>
    public static async Task<RawResponse> GetAsync(int port, string request)
    {
        using var client = new RawClient(port);
        await client.SendAsync(request);
        (byte[] bytes, bool inOrder) = await client.ReadToEndAsync();
        string text = Encoding.Latin1.GetString(bytes);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return new RawResponse("", [], text, inOrder);
        string[] lines = text[..end].Split("\r\n");
        // Names in any case; the connection is each side's own affair, and a server with a clock adds a date.
        IEnumerable<string> headers = lines.Skip(1).Select(l => l[..l.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant() + l[l.IndexOf(':', StringComparison.Ordinal)..]);
        return new RawResponse(lines[0], [.. headers.Where(h => !h.StartsWith("connection:", StringComparison.Ordinal) && !h.StartsWith("date:", StringComparison.Ordinal))], text[(end + 4)..], inOrder);
    }

    /// <summary>Asserts that two are the same to a client.</summary>
    public static void AssertSame(RawResponse expected, RawResponse actual)
    {
        Assert.Equal(expected.StatusLine, actual.StatusLine);
        Assert.Equal(expected.Headers, actual.Headers);
        Assert.Equal(expected.Rest, actual.Rest);
        Assert.Equal(expected.InOrder, actual.InOrder);
    }
}
