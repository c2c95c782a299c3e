using System.Globalization;

namespace Headroom.Compressors.Search;

/// <summary>The <c>--</c> lines that stand wherever a result with context jumps. Where they stand only there, they say nothing new.</summary>
internal static class GroupSeparators
{
    public const string Line = "--";

    public static bool Is(SearchLine line) => line.Path is null && line.Text == Line;

    /// <summary>Whether the separators stand exactly where the line numbers jump.</summary>
    public static bool AreImplied(List<SearchLine> lines)
    {
        if (!lines.Exists(Is)) return false;
        List<SearchLine> without = lines.FindAll(l => !Is(l));
        return Insert(without).SequenceEqual(lines);
    }

    public static List<SearchLine> Insert(List<SearchLine> lines)
    {
        var all = new List<SearchLine>(lines.Count * 2);
        SearchLine? last = null;
        foreach (SearchLine line in lines)
        {
            if (line.Path is not null)
            {
                if (last is { } previous && !Follows(previous, line)) all.Add(SearchLine.Other(Line));
                last = line;
            }

            all.Add(line);
        }

        return all;
    }

    private static bool Follows(SearchLine previous, SearchLine line) =>
        previous.Path == line.Path
        && long.TryParse(previous.Number, NumberStyles.None, CultureInfo.InvariantCulture, out long a)
        && long.TryParse(line.Number, NumberStyles.None, CultureInfo.InvariantCulture, out long b)
        && a + 1 == b;
}
