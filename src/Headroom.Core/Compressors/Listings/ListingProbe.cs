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
            if (IsPath(LastWord(line))) paths++;
        }

        return lines < 3 ? 0 : 0.95 * paths / lines;
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
