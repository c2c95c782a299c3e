using System.Globalization;
using System.Text;

namespace Headroom.Compressors.Search;

/// <summary>Names the files of a search result of which no hit is shown, with how many hits they have.</summary>
internal static class LeftFiles
{
    /// <summary>Share of the budget up to which every path is written whole, ready to be copied; longer lists name directories once.</summary>
    private const double WholeShare = 0.35;

    /// <summary>Share of the budget that the list may take in all: the files with most hits come first.</summary>
    private const double MostShare = 0.5;

    public static string Name(ElidedCandidate candidate, List<SearchLine> hits, int budget)
    {
        HashSet<string> shown = new(StringComparer.Ordinal);
        foreach (ElidedPart part in candidate.Parts)
        {
            if (part is not KeptPart { Range: { } range }) continue;
            for (int i = range.First; i <= range.Last; i++) shown.Add(hits[i - 1].Path ?? "");
        }

        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        List<string> files = [];
        foreach (SearchLine hit in hits)
        {
            if (hit.Path is not { } path || hit.Separator != ':' || shown.Contains(path)) continue;
            int count = counts[path] = counts.GetValueOrDefault(path) + 1;
            if (count == 1) files.Add(path);
        }

        if (files.Count == 0) return "";
        string whole = "hits left out in: " + string.Join(", ", files.Select(f => Counted(f, counts[f])));
        return whole.Length <= budget * WholeShare ? whole : ByDirectory(files, counts, (int)(budget * MostShare));
    }

    private static string ByDirectory(List<string> files, Dictionary<string, int> counts, int budget)
    {
        var text = new StringBuilder("hits left out in:");
        int named = 0;
        foreach (IGrouping<string, string> directory in files.GroupBy(f => f[..(f.LastIndexOfAny(['/', '\\']) + 1)]).OrderByDescending(g => g.Sum(f => counts[f])))
        {
            string line = $"\n {directory.Key}: {string.Join(", ", directory.Select(f => Counted(f[directory.Key.Length..], counts[f])))}";
            if (text.Length + line.Length > budget) continue;
            text.Append(line);
            named += directory.Count();
        }

        return text.Append(named < files.Count ? string.Create(CultureInfo.InvariantCulture, $"\n and {files.Count - named} files more") : "").ToString();
    }

    private static string Counted(string name, int count) => count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({count})");
}
