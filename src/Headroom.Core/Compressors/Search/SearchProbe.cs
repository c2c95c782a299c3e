namespace Headroom.Compressors.Search;

/// <summary>How much of a text looks like search hits: the share of its lines that start with a path and a line number, or with a line number.</summary>
internal static class SearchProbe
{
    public static double Score(ReadOnlySpan<char> sample)
    {
        int lines = 0, hits = 0, numbered = 0, unnumbered = 0;
        string last = "";
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            if (raw.Length == 0 || raw is "--") continue;
            lines++;
            if (NumberedLines.IsNumbered(raw) || BlameLines.IsBlame(raw)) numbered++;
            string line = raw.Length > 600 ? raw[..600].ToString() : raw.ToString(); // a path and its number fit; the text does not matter
            if (SearchParser.TryNumberedHit(line, out SearchLine hit) && LikelyPath(hit.Path!)) hits++;
            else if (SearchParser.TryContext(line, Known, last, out hit) && LikelyPath(hit.Path!)) hits++;
            else if (SearchParser.TryUnnumberedHit(line, out hit) && hit.Path == last) unnumbered++;
            if (hit.Path is not null) last = hit.Path;
        }

        if (lines < 2) return 0; // one hit cannot repeat its path
        return Math.Max((double)(hits + unnumbered) / lines, 0.9 * numbered / lines);
    }

    private static readonly HashSet<string> Known = [];

    /// <summary>Stricter than the parser: a log line with a time in it must not pass for a hit.</summary>
    private static bool LikelyPath(string path) => !path.Contains(' ', StringComparison.Ordinal) && !char.IsAsciiDigit(path[0]) && path[0] is not ('[' or '{' or '(');
}
