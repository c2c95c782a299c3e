using System.Buffers;
using Headroom.Internal.Json;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Config;

/// <summary>Tells files that people edit, whose lines must stay quotable, from reports and dumps that machines write.</summary>
internal static class ReportShape
{
    /// <summary>How much of a text is searched for signs.</summary>
    private const int SampleLength = 8 * 1024;

    /// <summary>Like blocks from which a run of them is a table rather than a few services or targets.</summary>
    private const int MinDataRows = 8;

    /// <summary>Places of a markup line from which it is a record: authored elements rarely vary in four attributes at once.</summary>
    private const int MinMarkupPlaces = 4;

    private static readonly SearchValues<char> EndsOfName = SearchValues.Create(" >\t\r\n/");

    /// <summary>Root elements of reports about tests, coverage and analysis.</summary>
    private static readonly HashSet<string> ReportRoots = new(StringComparer.Ordinal)
    {
        "testsuites", "testsuite", "TestRun", "test-run", "test-results", "assemblies", "assembly", "pmd", "pmd-cpd", "checkstyle", "BugCollection", "coverage", "report", "cppcheck", "results", "issues", "lint",
        "nmaprun", "gtest", "suite", "testng-results", "robot",
    };

    /// <summary>Keys that only a server or a serializer writes.</summary>
    private static readonly SearchValues<string> DumpSigns = SearchValues.Create(["resourceVersion:", "creationTimestamp:", "!!python/", "managedFields:", "selfLink:"], StringComparison.Ordinal);

    /// <summary>How sure a text is such a report, from 0 to 1.</summary>
    public static double Probe(ReadOnlySpan<char> sample)
    {
        if (IsReport(sample)) return 0.92;
        if (JsonBeginning.IsJson(sample)) return 0; // alike lines there are records, which another compressor sees for what they are
        int lines = 0, aligned = 0, keyed = 0, comments = 0;
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            if (line.IsEmpty) continue;
            lines++;
            int colon = line.IndexOf(':');
            if (line.StartsWith("#")) comments++;
            else if (colon > 0 && colon + 2 < line.Length && line[colon + 1] == ' ' && line[colon + 2] == ' ') aligned++;
            else if (colon == line.Length - 1 || (colon > 0 && line[colon + 1] == ' ') || line.StartsWith("- ") || line.StartsWith("<")) keyed++;
        }

        if (lines < 8 || comments * 20 > lines) return 0;
        if (aligned * 4 > lines) return 0.72;
        return (aligned + keyed) * 2 > lines && HasData(sample) ? 0.7 : 0;
    }

    private static bool HasData(ReadOnlySpan<char> sample) => RecordFinder.Find(new LineList(sample.ToString())).Exists(IsData);

    /// <summary>Whether a text is written by a machine about a machine: a test or analysis report, or the dump of a live object.</summary>
    public static bool IsReport(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, SampleLength)];
        return RootElement(text) is { } root ? ReportRoots.Contains(root) : text.ContainsAny(DumpSigns);
    }

    /// <summary>Name of the first element of a text that begins with markup.</summary>
    private static string? RootElement(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("\ufeff \t\r\n");
        while (text.StartsWith('<'))
        {
            int end = text.IndexOf(text.StartsWith("<!--") ? "-->" : ">", StringComparison.Ordinal);
            if (end < 0) return null;
            if (text.Length > 1 && char.IsLetter(text[1])) return text[1..Math.Max(1, text.IndexOfAny(EndsOfName))].ToString();
            text = text[(end + 1)..].TrimStart("->\r\n\t ");
        }

        return null;
    }

    /// <summary>Whether a run of like blocks is data in itself: many of them, and mostly numbers or many attributes vary.</summary>
    public static bool IsData(TableRegion region)
    {
        List<string[]> rows = [.. region.Fitting];
        if (rows.Count < MinDataRows) return false;
        int varying = 0, numeric = 0;
        for (int c = 0; c < region.Layout.Columns; c++)
        {
            if (rows.TrueForAll(r => r[c] == rows[0][c])) continue;
            varying++;
            if (rows.Count(r => IsNumeric(r[c])) * 2 > rows.Count) numeric++;
        }

        bool isMarkup = ((RecordLayout)region.Layout).Lead.TrimStart().StartsWith('<');
        return numeric * 2 >= varying || (isMarkup && varying >= MinMarkupPlaces);
    }

    private static bool IsNumeric(string value) => value.Length > 0 && value.Count(char.IsAsciiDigit) * 2 >= value.Length;
}
