using System.Buffers;
using System.Globalization;
using System.Numerics;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Listings;

/// <summary>Chooses the entries that stay visible: those the question names, headings and totals, the largest, those with rare modes, then what is nearest to the root.</summary>
internal static class ListingSelector
{
    private const int Asked = 96, AskedLargest = 94, RareMode = 80, Largest = 76, Total = 72, Heading = 70, Shallow = 56, PerLevel = 6, PerDoubling = 2, Least = 5;

    /// <summary>Entries that count as the largest; more of them where the question asks for extremes.</summary>
    private const int FewLargest = 8, ManyLargest = 16;

    /// <summary>A mode is rare up to one entry in so many.</summary>
    private const int RareShare = 25;

    private static readonly SearchValues<char> Drawing = SearchValues.Create("│├└─ \u00a0|`+-\\");

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var lines = new LineList(request.Text);
        var selection = new LineBudget(lines);
        var question = new QuestionRanking(request.Question);
        Dictionary<string, int> modes = new(StringComparer.Ordinal);
        List<(double Size, int Line)> sizes = [];
        int[] inGroup = new int[selection.Count];
        int heading = 0;
        for (int i = 0; i < selection.Count; i++)
        {
            ReadOnlySpan<char> line = lines[i].TrimEnd('\r');
            if (line.IsWhiteSpace()) continue;
            bool isTotal = line.StartsWith("total ") || line.EndsWith(" total") || line.EndsWith("\t.") || line.EndsWith(" .");
            if (line[^1] == ':') heading = i;
            int rank = ++inGroup[heading];
            int interest = Shallow - PerLevel * Level(line) - PerDoubling * BitOperations.Log2((uint)rank);
            selection.Raise(i, heading == i && line[^1] == ':' ? Heading - PerDoubling * Level(line) : isTotal ? Total : Math.Max(Least, interest));
            if (Mode(line) is { Length: > 0 } mode) modes[mode] = modes.GetValueOrDefault(mode) + 1;
            if (!isTotal && TrySize(line, out double size)) sizes.Add((size, i));
        }

        for (int i = 0; i < selection.Count; i++)
        {
            if (Mode(lines[i]) is { Length: > 0 } mode && modes[mode] * RareShare <= selection.Count) selection.Raise(i, RareMode - PerDoubling * BitOperations.Log2((uint)modes[mode]));
        }

        sizes.Sort((a, b) => a.Size != b.Size ? b.Size.CompareTo(a.Size) : a.Line.CompareTo(b.Line));
        for (int i = 0; i < Math.Min(sizes.Count, question.AsksForExtremes ? ManyLargest : FewLargest); i++)
            selection.Raise(sizes[i].Line, (question.AsksForExtremes ? AskedLargest : Largest) - i);
        selection.RaiseAsked(question.Score(lines, selection.Count), Asked, neighbours: 0);
        return selection.Select("lines", budget, (first, last) => Phrase(lines, first, last));
    }

    /// <summary>How deep an entry is: separators of its path, or pieces of drawing in front of its name.</summary>
    private static int Level(ReadOnlySpan<char> line)
    {
        int drawn = line.IndexOfAnyExcept(Drawing);
        return drawn > 3 && line[0] is not ' ' ? drawn / 4 : Math.Min(8, line.Count('/') + line.Count('\\'));
    }

    /// <summary>The mode that <c>ls -l</c> begins an entry with; empty for other lines.</summary>
    private static string Mode(ReadOnlySpan<char> line) => line.Length > 20 && FileMode.IsLong(line) ? line[..10].ToString() : "";

    /// <summary>The size of an entry: the number it begins with (<c>du</c>, <c>wc</c>), or the fifth field of <c>ls -l</c>.</summary>
    private static bool TrySize(ReadOnlySpan<char> line, out double size)
    {
        size = 0;
        line = line.TrimStart(' ');
        int skip = Mode(line).Length > 0 ? 4 : 0;
        for (; skip > 0; skip--)
        {
            int blank = line.IndexOf(' ');
            if (blank < 0) return false;
            line = line[blank..].TrimStart(' ');
        }

        int end = line.IndexOfAnyExcept(Digits);
        if (end <= 0 || end > 15 || !double.TryParse(line[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out size)) return false;
        size *= line[end] switch { 'K' or 'k' => 1e3, 'M' => 1e6, 'G' => 1e9, 'T' => 1e12, ' ' or '\t' => 1, _ => 0 };
        return size > 0;
    }

    /// <summary>The directory the lines share and the extensions they have.</summary>
    private static string Phrase(LineList lines, int first, int last)
    {
        var extensions = new TopNames();
        string? shared = null;
        for (int i = first; i <= last; i++)
        {
            ReadOnlySpan<char> line = lines[i].TrimEnd('\r');
            ReadOnlySpan<char> path = line[(line.LastIndexOfAny(' ', '\t', '\u00a0') + 1)..];
            if (path.IsEmpty) continue;
            int dot = path.LastIndexOf('.'), slash = path.LastIndexOfAny('/', '\\');
            if (dot > slash + 1) extensions.Add(path[dot..].ToString());
            string directory = path[..(slash + 1)].ToString();
            shared = shared is null ? directory : directory[..directory.AsSpan().CommonPrefixLength(shared)];
        }

        shared = shared?[..(shared.LastIndexOfAny(['/', '\\']) + 1)] ?? "";
        return shared.Length is > 0 and < 100 ? $"in {shared}: {extensions}".TrimEnd(' ', ':') : extensions.ToString();
    }
}
