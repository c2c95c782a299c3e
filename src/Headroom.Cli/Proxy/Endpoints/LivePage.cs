using System.Security.Cryptography;
using System.Text;

namespace Headroom.Cli.Proxy.Endpoints;

/// <summary>The page that shows the figures while they grow: one file, nothing from elsewhere.</summary>
internal static class LivePage
{
    private const string Resource = "Headroom.Cli.Proxy.page.html";

    /// <summary>The page.</summary>
    public static byte[] Html { get; } = Read();

    /// <summary>What the page may do: run its own script, use its own style, ask this proxy.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{HashOf("script")}'; style-src '{HashOf("style")}'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static byte[] Read()
    {
        using Stream stream = typeof(LivePage).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        byte[] html = new byte[stream.Length];
        stream.ReadExactly(html);
        return html;
    }

    /// <summary>The hash of what stands in the page's one element of a name, as a browser makes it.</summary>
    private static string HashOf(string element)
    {
        string html = Encoding.UTF8.GetString(Html), open = $"<{element}>";
        int start = html.IndexOf(open, StringComparison.Ordinal) + open.Length, end = html.IndexOf($"</{element}>", StringComparison.Ordinal);
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[start..end])));
    }
}
