using System.Buffers;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Finds runs of lines with as many upright bars, rules between them included.</summary>
internal static class BarFinder
{
    private static readonly SearchValues<char> RuleCharacters = SearchValues.Create("+-|:= ");

    public static List<TableRegion> Find(LineList lines)
    {
        List<TableRegion> regions = [];
        for (int i = 0; i < lines.Count;)
        {
            int bars = Bars(lines[i]);
            if (bars == 0)
            {
                i++;
                continue;
            }

            int end = i + 1;
            while (end < lines.Count && (Bars(lines[end]) == bars || IsRule(lines[end]))) end++;
            if (end - i >= TableRegion.MinRows && Read(lines, i, end) is { } region) regions.Add(region.Trimmed());
            i = end;
        }

        return regions;
    }

    private static int Bars(ReadOnlySpan<char> line) => line.Contains(" | ", StringComparison.Ordinal) || line.StartsWith("| ") ? line.Count('|') : 0;

    private static bool IsRule(ReadOnlySpan<char> line) => line.Length > 2 && line.TrimEnd('\r').IndexOfAnyExcept(RuleCharacters) < 0;

    private static TableRegion? Read(LineList lines, int first, int end)
    {
        bool endsWithReturn = lines[first].EndsWith("\r"), outer = lines[first].TrimEnd('\r') is ['|', .., '|'];
        List<List<string>?> fields = [];
        for (int i = first; i < end; i++) fields.Add(IsRule(lines[i]) ? null : BarLayout.Fields(lines[i].TrimEnd('\r'), outer));
        TableRegion? best = null;
        foreach (BarLayout layout in Layouts([.. fields.OfType<List<string>>()], outer))
        {
            List<TableRow> rows = [];
            for (int i = first; i < end; i++)
            {
                ReadOnlySpan<char> line = lines[i];
                rows.Add(new TableRow(i, line.EndsWith("\r") == endsWithReturn && !IsRule(line) ? layout.Split(endsWithReturn ? line[..^1] : line) : null));
            }

            var region = new TableRegion(rows, end, layout, endsWithReturn);
            List<string[]> fitting = [.. region.Fitting];
            if (fitting.Count >= TableRegion.MinRows - 1 && fitting.Count > (best?.Fitting.Count() ?? 0)) best = region with { Layout = layout.ByWidest(fitting) };
        }

        return best;
    }

    private static IEnumerable<BarLayout> Layouts(List<List<string>> fields, bool outer)
    {
        if (fields.Count < 2 || fields.Exists(f => f.Count != fields[0].Count)) yield break;
        int columns = fields[0].Count;
        int[] widths = new int[columns];
        bool[] right = new bool[columns];
        for (int c = 0; c < columns; c++)
        {
            widths[c] = fields.Max(f => f[c].TrimEnd(' ').Length) - 1; // a cell begins with the blank after its bar
            if (outer || c + 1 < columns) widths[c] = Math.Max(widths[c], fields.Max(f => f[c].Length) - 2);
            widths[c] = Math.Max(0, widths[c]);
            right[c] = fields.Count(f => f[c].StartsWith("  ", StringComparison.Ordinal)) * 2 > fields.Count;
        }

        yield return new BarLayout(widths, right, BarPadding.Fixed, outer);
        yield return new BarLayout([], new bool[columns], BarPadding.None, outer);
    }
}
