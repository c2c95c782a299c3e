using System.Buffers;

namespace Headroom.Compressors.Search;

/// <summary>Takes the lines that <c>grep</c>, <c>rg</c>, <c>git grep</c> and compilers print apart. Any split is exact; a bad one only saves less.</summary>
internal static class SearchParser
{
    /// <summary>How many places of a context line are tried as the end of its path: a bound on the work per line, more than real names have.</summary>
    private const int MaxSplits = 8;

    /// <summary>Longer is no path: the longest path Linux takes.</summary>
    private const int MaxPath = 4096;

    private static readonly SearchValues<char> NeverInPaths = SearchValues.Create("\t\"'<>|*?;,");

    public static List<SearchLine> Parse(IReadOnlyList<string> lines)
    {
        var parsed = new List<SearchLine>(lines.Count);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            if (TryNumberedHit(line, out SearchLine hit)) known.Add(hit.Path!);
        }

        bool numbered = known.Count > 0;
        string current = "";
        foreach (string line in lines)
        {
            SearchLine found = ParseLine(line, known, numbered, current);
            if (found.Path is not null) current = found.Path;
            parsed.Add(found);
        }

        return parsed;
    }

    /// <summary><c>path:12:text</c>.</summary>
    public static bool TryNumberedHit(string line, out SearchLine hit)
    {
        hit = default;
        int limit = Math.Min(line.Length, MaxPath);
        for (int colon = line.IndexOf(':', 0, limit); colon >= 0; colon = colon + 1 < limit ? line.IndexOf(':', colon + 1, limit - colon - 1) : -1)
        {
            int end = DigitsEnd(line, colon + 1);
            if (end == colon + 1 || end >= line.Length || line[end] != ':') continue;
            if (!IsPlausiblePath(line.AsSpan(0, colon))) return false;
            hit = new SearchLine(line[..colon], line[(colon + 1)..end], ':', line[(end + 1)..]);
            return true;
        }

        return false;
    }

    private static SearchLine ParseLine(string line, HashSet<string> known, bool numbered, string current)
    {
        if (TryNumberedHit(line, out SearchLine hit)) return hit;
        if (TryContext(line, known, current, out hit)) return hit;
        if (!numbered && TryUnnumberedHit(line, out hit)) return hit;
        if (!numbered && current.Length > 0 && line.Length > current.Length + 1 && line[current.Length] == '-' && line.StartsWith(current, StringComparison.Ordinal))
            return new SearchLine(current, "", '-', line[(current.Length + 1)..]);
        return SearchLine.Other(line);
    }

    /// <summary><c>path-12-text</c> or <c>path=12=text</c>: of several possible ends of the path the one that names a file seen in a hit.</summary>
    public static bool TryContext(string line, HashSet<string> known, string current, out SearchLine hit)
    {
        hit = default;
        int limit = Math.Min(line.Length, MaxPath), splits = 0;
        for (int i = 1; i < limit && splits < MaxSplits; i++)
        {
            char c = line[i];
            if (c is not ('-' or '=')) continue;
            int end = DigitsEnd(line, i + 1);
            if (end == i + 1 || end >= line.Length || line[end] != c) continue;
            splits++;
            ReadOnlySpan<char> path = line.AsSpan(0, i);
            bool isKnown = path.SequenceEqual(current) || known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(path);
            if (!isKnown && hit.Path is not null) continue;
            if (!isKnown && !IsPlausiblePath(path)) continue;
            hit = new SearchLine(line[..i], line[(i + 1)..end], c, line[(end + 1)..]);
            if (isKnown) return true;
        }

        return hit.Path is not null;
    }

    /// <summary><c>path:text</c>.</summary>
    public static bool TryUnnumberedHit(string line, out SearchLine hit)
    {
        hit = default;
        int colon = line.IndexOf(':', 0, Math.Min(line.Length, MaxPath));
        if (colon == 1 && line.Length > 2 && DirectoryLike(line[2])) colon = line.IndexOf(':', 2, Math.Min(line.Length, MaxPath) - 2); // a drive letter
        if (colon < 1 || !IsPlausiblePath(line.AsSpan(0, colon)) || line.AsSpan(0, colon).Contains(' ')) return false;
        hit = new SearchLine(line[..colon], "", ':', line[(colon + 1)..]);
        return true;
    }

    /// <summary>A file name has a directory or an extension, a letter, and none of the characters that sentences, code and times are full of.</summary>
    internal static bool IsPlausiblePath(ReadOnlySpan<char> path)
    {
        if (path.Length == 0 || char.IsWhiteSpace(path[0]) || path.ContainsAny(NeverInPaths)) return false;
        int dot = path.LastIndexOf('.');
        bool shaped = path.IndexOfAny('/', '\\') >= 0 || (dot >= 0 && dot + 1 < path.Length && !char.IsAsciiDigit(path[dot + 1])) || !path.ContainsAny(' ', ':', '(');
        return shaped && path.IndexOfAnyInRange('A', 'z') >= 0 && !path.StartsWith("at ", StringComparison.Ordinal);
    }

    private static bool DirectoryLike(char c) => c is '/' or '\\';

    private static int DigitsEnd(string line, int from)
    {
        int end = from;
        while (end < line.Length && char.IsAsciiDigit(line[end])) end++;
        return end;
    }
}
