using System.Buffers;

namespace Headroom.Compressors.Search;

/// <summary>How much of a text looks like search hits: the share of its lines that start with a path and a line number, or with a line number.</summary>
internal static class SearchProbe
{
    /// <summary>Messages of compilers and linters are half log: where a log compressor is sure of them, it goes first.</summary>
    private const double MessageWeight = 0.5;

    /// <summary>Longer is more than a path and a number, and the text behind them does not matter here.</summary>
    private const int MaxLength = 600;

    private static readonly HashSet<string> NoneKnown = [];

    public static double Score(ReadOnlySpan<char> sample)
    {
        int lines = 0, numbered = 0;
        double hits = 0;
        string last = "";
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            if (raw.Length == 0 || raw is "--") continue;
            lines++;
            if (NumberedLines.IsNumbered(raw) || BlameLines.IsBlame(raw)) numbered++;
            if (!MayBeginWithPath(raw)) continue;
            string line = raw[..Math.Min(raw.Length, MaxLength)].ToString();
            bool found = SearchParser.TryNumberedHit(line, out SearchLine hit) || SearchParser.TryContext(line, NoneKnown, last, out hit);
            if (!found) SearchParser.TryUnnumberedHit(line, out hit);
            if (hit.Path is not { } path || !LikelyPath(path)) continue;
            if (found) hits += IsMessage(hit.Text) ? MessageWeight : 1;
            else if (path == last) hits += hit.Text.StartsWith(' ') ? MessageWeight : 1;
            last = path;
        }

        if (lines < 2) return 0; // one hit cannot repeat its path
        return Math.Max(hits / lines, 0.9 * numbered / lines);
    }

    /// <summary>A column and a message follow the line number: <c>path:12:5: warning</c>.</summary>
    private static bool IsMessage(string text)
    {
        int end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end == 0 ? text.StartsWith(' ') && !text.StartsWith("  ", StringComparison.Ordinal) : end > 0 && text[end] == ':';
    }

    /// <summary>A likely path has no blank in it and ends at a separator. Nearly all lines of other kinds are told by that, at little cost.</summary>
    private static bool MayBeginWithPath(ReadOnlySpan<char> line)
    {
        if (BeginsNoPath(line[0])) return false;
        int blank = line.IndexOf(' ');
        return (blank < 0 ? line : line[..blank]).IndexOfAny(':', '-', '=') > 0;
    }

    private static bool BeginsNoPath(char first) => first is ' ' or '\t' or '[' or '{' or '(' || char.IsAsciiDigit(first);

    /// <summary>Stricter than the parser: a log line with a time or a word and a colon in it must not pass for a hit.</summary>
    private static bool LikelyPath(string path)
    {
        if (path.Contains(' ', StringComparison.Ordinal) || BeginsNoPath(path[0])) return false;
        int dot = path.LastIndexOf('.');
        return path.AsSpan().IndexOfAny('/', '\\') >= 0 || (dot >= 0 && dot + 1 < path.Length && char.IsAsciiLetter(path[dot + 1])) || path.AsSpan().IndexOfAnyExcept(NameCharacters) < 0;
    }

    /// <summary>Files without extension, such as Makefile.</summary>
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
