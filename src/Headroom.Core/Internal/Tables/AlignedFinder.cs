using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Finds runs of lines whose cells are aligned with blanks: in all of them the same places are blank.</summary>
internal static class AlignedFinder
{
    /// <summary>A table without a gap this wide between two cells of its first line is not told from prose.</summary>
    private const int MinGap = 2;

    /// <summary>Rows from which a single blank in the same place of all of them is a gap between columns rather than chance.</summary>
    private const int RowsForNarrowGaps = 8;

    public static List<TableRegion> Find(LineList lines)
    {
        List<TableRegion> regions = [];
        int longest = 0;
        for (int i = 0; i < lines.Count; i++) longest = Math.Max(longest, lines[i].Length);
        int places = Math.Min(longest, AlignedLayout.MaxEdge) + 1;
        for (int i = 0; i < lines.Count;)
        {
            int cells = CountCells(lines[i]);
            if (cells < 2)
            {
                i++;
                continue;
            }

            int end = RunEnd(lines, i, cells, places, out bool[] blank);
            if (end - i < TableRegion.MinRows)
            {
                i++;
                continue;
            }

            if (Read(lines, i, end, blank) is { } region) regions.Add(region.Trimmed());
            i = end; // also where it was no table: trying its tail again would cost quadratic time
        }

        return regions;
    }

    /// <summary>Cells of a line that are at least two blanks apart; 0 for a line that cannot be part of such a table.</summary>
    private static int CountCells(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd("\r").Trim(' ');
        if (line.IsEmpty || line.Contains('\t') || line.Length > AlignedLayout.MaxEdge) return 0;
        int cells = 1;
        for (int at = line.IndexOf("  "); at >= 0; at = line.IndexOf("  "))
        {
            cells++;
            line = line[at..].TrimStart(' ');
        }

        return cells;
    }

    /// <summary>Lines that share enough blank places with the first; <paramref name="blank"/> tells which places are blank in all of them.</summary>
    private static int RunEnd(LineList lines, int first, int cells, int places, out bool[] blank)
    {
        blank = new bool[places];
        bool[] narrowed = new bool[places];
        Array.Fill(blank, true);
        Narrow(blank, lines[first]);
        int width = Math.Min(lines[first].Length, places);
        int columns = CountColumns(blank.AsSpan(0, width)), enough = Math.Max(2, (columns + 1) / 2);
        int indent = lines[first].IndexOfAnyExcept(' ');
        int end = first + 1;
        for (; end < lines.Count; end++)
        {
            ReadOnlySpan<char> line = lines[end].TrimEnd('\r');
            if (line.IsWhiteSpace() || line.Contains('\t') || line.Length > AlignedLayout.MaxEdge) break;
            if (CountCells(line) < 2 && (cells > 2 || line.IndexOfAnyExcept(' ') != indent)) break;
            width = Math.Min(Math.Max(width, line.Length), places);
            blank.AsSpan(0, width).CopyTo(narrowed);
            Narrow(narrowed, line);
            if (CountColumns(narrowed.AsSpan(0, width)) < enough) break;
            narrowed.AsSpan(0, width).CopyTo(blank);
        }

        return end;
    }

    private static void Narrow(bool[] blank, ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length && i < blank.Length; i++) blank[i] &= line[i] is ' ' or '\r';
    }

    private static int CountColumns(ReadOnlySpan<bool> blank)
    {
        int columns = 0;
        for (int i = 0; i < blank.Length; i++)
        {
            if (!blank[i] && (i == 0 || blank[i - 1])) columns++;
        }

        return columns;
    }

    private static TableRegion? Read(LineList lines, int first, int end, bool[] blank)
    {
        bool endsWithReturn = lines[first].EndsWith("\r");
        if (Layout(lines, first, end, blank) is not { } layout) return null;
        List<TableRow> rows = [];
        for (int i = first; i < end; i++)
        {
            ReadOnlySpan<char> line = lines[i];
            rows.Add(new TableRow(i, line.EndsWith("\r") == endsWithReturn ? layout.Split(endsWithReturn ? line[..^1] : line) : null));
        }

        var region = new TableRegion(rows, end, layout, endsWithReturn);
        List<string[]> fitting = [.. region.Fitting];
        return fitting.Count * 2 < rows.Count || fitting.Count < TableRegion.MinRows ? null : region with { Layout = layout.Apart(fitting) };
    }

    private static AlignedLayout? Layout(LineList lines, int first, int end, bool[] blank)
    {
        List<(int Start, int End)> columns = [];
        for (int i = 0; i < blank.Length; i++)
        {
            if (blank[i]) continue;
            int from = i;
            while (i < blank.Length && !blank[i]) i++;
            if (columns.Count > 0 && from - columns[^1].End < MinGap && !IsColumn(lines, first, end, from)) columns[^1] = (columns[^1].Start, i);
            else columns.Add((from, i));
        }

        if (columns.Count < 2) return null;
        int[] edges = new int[columns.Count];
        bool[] right = new bool[columns.Count];
        for (int c = 0; c < edges.Length; c++)
        {
            int left = 0, rightly = 0;
            for (int i = first + 1; i < end; i++)
            {
                ReadOnlySpan<char> line = lines[i].TrimEnd('\r');
                if (line.Length <= columns[c].Start) continue;
                ReadOnlySpan<char> cell = line[columns[c].Start..Math.Min(columns[c].End, line.Length)];
                if (cell[0] != ' ') left++;
                if (cell.Length == columns[c].End - columns[c].Start && cell[^1] != ' ') rightly++;
            }

            right[c] = rightly > left;
            edges[c] = right[c] ? columns[c].End : columns[c].Start;
        }

        return new AlignedLayout(edges, right, CommonWidth(lines, first, end), ' ', 0);
    }

    /// <summary>Whether what begins after a single blank is a column of its own: most of enough lines have something there.</summary>
    private static bool IsColumn(LineList lines, int first, int end, int from)
    {
        int filled = 0;
        for (int i = first; i < end; i++)
        {
            if (lines[i].Length > from && !lines[i][from..].IsWhiteSpace()) filled++;
        }

        return end - first >= RowsForNarrowGaps && filled > (end - first) * 3 / 4;
    }

    /// <summary>The width most lines are padded to with blanks, or 0.</summary>
    private static int CommonWidth(LineList lines, int first, int end)
    {
        int width = 0, padded = 0;
        for (int i = first; i < end; i++)
        {
            ReadOnlySpan<char> line = lines[i].TrimEnd('\r');
            width = Math.Max(width, line.Length);
            if (line.EndsWith(" ")) padded++;
        }

        return padded * 2 > end - first ? width : 0;
    }
}
