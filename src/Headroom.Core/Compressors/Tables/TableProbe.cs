using Headroom.Internal.Tables;

namespace Headroom.Compressors.Tables;

/// <summary>Tells how much of a text looks like tables: neighbouring lines with as many delimiters, or with gaps of blanks inside.</summary>
internal static class TableProbe
{
    /// <summary>Lines of a sample that are looked at.</summary>
    private const int MaxLines = 60;

    public static double Of(ReadOnlySpan<char> sample)
    {
        int lines = 0, alike = 0, gapped = 0, code = 0;
        (int Commas, int Tabs, int Bars) above = default;
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim(' ');
            if (line.IsEmpty) continue;
            if (++lines > MaxLines) break;
            if (line[^1] is ';' or '{' or '}') code++;
            (int Commas, int Tabs, int Bars) here = (line.Count(','), line.Count('\t'), line.Count('|'));
            if ((here.Commas > 0 && here.Commas == above.Commas) || (here.Tabs > 0 && here.Tabs == above.Tabs && raw[0] != '\t') || (here.Bars > 1 && here.Bars == above.Bars)) alike++;
            else if (line.Contains("  ", StringComparison.Ordinal)) gapped++;
            above = here;
        }

        if (lines < TableRegion.MinRows || alike + gapped < TableRegion.MinRows - 1 || code * 5 > lines) return 0; // code is aligned by hand, and quoted
        double share = (double)(alike + gapped) / lines;
        return share > 0.8 ? 0.7 : share > 0.3 ? 0.4 : 0.25;
    }
}
