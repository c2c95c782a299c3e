using System.Text;

namespace Headroom.Benchmarks;

/// <summary>Large texts of each kind, grown from real tool output of tests/Corpus: copies whose digits differ, so that copies are alike but not the same.</summary>
internal static class CorpusTexts
{
    private static readonly (string Kind, string File)[] Files =
    [
        ("json", "json/shop-orders.json"), ("json tree", "json/npm-ls-all-json.json"), ("log", "logs/shop-service.log"), ("terminal", "logs/apt-term.log"),
        ("search", "search/grep-public.txt"), ("listing", "listings/find-zoneinfo.txt"), ("table", "tables/dpkg-l.txt"), ("diff", "diff/first-commit.diff"),
        ("code", "code/cat-n-pipeline.txt"), ("trace", "traces/dotnet-deep.txt"), ("report", "config/xml-dotnet-trx.trx"),
    ];

    public static IEnumerable<string> Kinds => Files.Select(f => f.Kind);

    /// <summary>A text of a kind, of about <paramref name="bytes"/> bytes.</summary>
    public static string Of(string kind, int bytes)
    {
        string path = Path.Combine(Root(), "tests", "Corpus", Files.Single(f => f.Kind == kind).File);
        string text = File.ReadAllText(path);
        bool json = kind.StartsWith("json", StringComparison.Ordinal);
        var grown = new StringBuilder(json ? "[" : "");
        for (int copy = 0; grown.Length < bytes; copy++)
        {
            if (copy > 0) grown.Append(json ? ",\n" : "\n");
            foreach (char c in text) grown.Append(c is >= '1' and <= '9' ? (char)('1' + (c - '1' + copy) % 9) : c); // a zero stays: 0.5 must not become 1.5, nor 10 become 01
        }

        return grown.Append(json ? "]" : "").ToString();
    }

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Headroom.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Run the benchmarks from a build inside the repository.");
    }
}
