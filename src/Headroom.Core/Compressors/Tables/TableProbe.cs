using Headroom.Internal.Tables;

namespace Headroom.Compressors.Tables;

/// <summary>Tells how much of a text looks like tables: neighbouring lines with as many delimiters, or with gaps of blanks inside.</summary>
internal static class TableProbe
{
    /// <summary>Lines of a sample that are looked at.</summary>
    private const int MaxLines = 60;

    /// <summary>Lines in a row with as many delimiters from which this is no chance.</summary>
    private const int MinAlike = 4;

    /// <summary>Cells of prose are as long as clauses; those of tables are shorter, in characters.</summary>
    private const int MaxCell = 40;

    public static double Of(ReadOnlySpan<char> sample)
    {
        int lines = 0, alike = 0, gapped = 0, code = 0, run = 0, gaps = 0;
        (int Commas, int Tabs, int Bars) above = default;
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim(' ');
            if (line.IsEmpty)
            {
                run = gaps = 0;
                continue;
            }

            if (++lines > MaxLines) break;
            if (line[^1] is ';' or '{' or '}') code++;
            (int Commas, int Tabs, int Bars) here = (line.Count(','), line.Count('\t'), line.Count('|'));
            int delimiters = here.Bars > 1 && here.Bars == above.Bars ? here.Bars : here.Tabs > 0 && here.Tabs == above.Tabs && raw[0] != '\t' ? here.Tabs : here.Commas == above.Commas ? here.Commas : 0;
            run = delimiters > 0 && line.Length / (delimiters + 1) <= MaxCell ? run + 1 : 0;
            alike += run == MinAlike - 1 ? MinAlike - 1 : run >= MinAlike ? 1 : 0;
            gaps = line.Contains("  ", StringComparison.Ordinal) && !line.Contains(". ", StringComparison.Ordinal) ? gaps + 1 : 0;
            gapped += gaps == 3 ? 3 : gaps > 3 ? 1 : 0;
            above = here;
        }

        int tabular = Math.Max(alike, gapped);
        if (lines < TableRegion.MinRows || tabular < TableRegion.MinRows || code * 5 > lines) return 0; // code is aligned by hand, and quoted
        double share = (double)tabular / Math.Min(lines, MaxLines);
        return share > 0.7 ? 0.7 : share > 0.3 ? 0.4 : 0.25;
    }
}
