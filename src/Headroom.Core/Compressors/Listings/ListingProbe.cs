using System.Buffers;

namespace Headroom.Compressors.Listings;

/// <summary>How much of a text looks like a list of files.</summary>
internal static class ListingProbe
{
    private static readonly SearchValues<char> NeverInPaths = SearchValues.Create("\"'<>|*?;,=(){}");

    public static double Score(ReadOnlySpan<char> sample)
    {
        int lines = 0, paths = 0;
        foreach (ReadOnlySpan<char> line in sample.EnumerateLines())
        {
            if (line.Length == 0) continue;
            lines++;
            if (IsPath(LastWord(line)) || IsRow(line) || IsBranch(line)) paths++;
        }

        return lines < 3 ? 0 : 0.95 * paths / lines;
    }

    /// <summary>A row of <c>ls -l</c>.</summary>
    private static bool IsRow(ReadOnlySpan<char> line) => line.Length > 20 && line[0] is '-' or 'd' or 'l' && line[1] is 'r' or '-' && line[2] is 'w' or '-' && line[3] is 'x' or '-' or 's' && line[4] is 'r' or '-';

    /// <summary>A line of a drawn tree.</summary>
    private static bool IsBranch(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAny('├', '└') >= 0) return true;
        ReadOnlySpan<char> rest = line.TrimStart("| ");
        return rest.StartsWith("|--") || rest.StartsWith("+-") || rest.StartsWith("`--") || rest.StartsWith("\\-");
    }

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> line)
    {
        int start = line.LastIndexOfAny(' ', '\t') + 1;
        return start > 48 ? [] : line[start..]; // what stands in front of a path is a few columns, not a sentence
    }

    private static bool IsPath(ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > 400 || word.ContainsAny(NeverInPaths)) return false;
        return word.IndexOfAny('/', '\\') >= 0 || (word.LastIndexOf('.') is > 0 and var dot && dot < word.Length - 1 && char.IsAsciiLetter(word[dot + 1]));
    }
}
