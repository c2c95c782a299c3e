using Headroom.Internal.Lines;

namespace Headroom.Compressors.Text;

/// <summary>Finds where the records of a text begin: numbered search hits, documents one after the other, sections under headings.</summary>
internal static class PassageFinder
{
    /// <summary>Fewer lines that begin alike are no series of records.</summary>
    private const int MinRecords = 3;

    /// <summary>Lines that may stand before the first record: what was searched for, how many were found.</summary>
    private const int MaxBefore = 6;

    /// <summary>A longer line is text, not the head of a record.</summary>
    private const int MaxHead = 240;

    /// <summary>The lines from <paramref name="first"/> to before <paramref name="end"/> that records begin at, in order; none where the text is one piece.</summary>
    public static List<int> Find(LineList lines, int first, int end)
    {
        var series = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        List<int> headings = [];
        bool fenced = false;
        for (int i = first; i < end; i++)
        {
            ReadOnlySpan<char> line = lines[i].TrimEnd();
            if (line.TrimStart().StartsWith("```")) fenced = !fenced;
            if (line.Length is 0 or > MaxHead) continue;
            if (!fenced && line[0] == '#' && line.TrimStart('#').StartsWith(" ")) headings.Add(i);
            else if ((i == first || lines[i - 1].IsWhiteSpace()) && Series(line) is { } name)
            {
                if (!series.TryGetValue(name, out List<int>? begins)) series.Add(name, begins = []);
                begins.Add(i);
            }
        }

        List<int> best = headings;
        foreach (List<int> begins in series.Values)
        {
            // Records hold the headings, so the coarser division is looked for first; of two series the longer one.
            if (begins.Count >= MinRecords && begins[0] - first <= MaxBefore && (best == headings || begins.Count > best.Count)) best = begins;
        }

        return best.Count >= MinRecords ? best : [];
    }

    /// <summary>How a line begins that could be one of a series: <c>[3]</c>, <c>Result 3</c>, <c>PMID 11340218</c>, <c>&lt;document</c>; null for others.</summary>
    private static string? Series(ReadOnlySpan<char> line)
    {
        if (line[0] == '[')
        {
            int digits = 1;
            while (digits < line.Length && char.IsAsciiDigit(line[digits])) digits++;
            return digits > 1 && digits < line.Length && line[digits] == ']' ? "[#]" : null;
        }

        if (line[0] == '<' && line.Length > 1 && char.IsAsciiLetter(line[1])) return line.IndexOfAny(" >") is > 1 and var name ? line[..name].ToString() : null;
        int letters = 0;
        while (letters < line.Length && char.IsLetter(line[letters])) letters++;
        int number = letters;
        while (number < line.Length && line[number] is ' ' or '#' or ':' or '.') number++;
        return letters > 1 && number > letters && number < line.Length && char.IsAsciiDigit(line[number]) ? string.Concat(line[..letters], " #") : null;
    }
}
