using System.Globalization;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Columns aligned with blanks: each cell starts at, or ends at, the same place in every line.</summary>
/// <param name="edges">For each column the place its cells start at, or, where <paramref name="right"/>, end before.</param>
/// <param name="right">Which columns are aligned to the right.</param>
/// <param name="width">The width lines are padded to, or 0 where they are not.</param>
/// <param name="separator">What stands between cells in encoded rows.</param>
/// <param name="gap">Blanks between the widest cell of a column and the next column, where all edges follow from that; or 0.</param>
internal sealed class AlignedLayout(int[] edges, bool[] right, int width, char separator, int gap) : TableLayout
{
    /// <summary>Places beyond this are not looked at; also keeps a hostile table line from asking for a gigabyte of blanks.</summary>
    public const int MaxEdge = 2_048;

    /// <summary>Widest gap between columns that is described by itself.</summary>
    private const int MaxGap = 100;

    public override int Columns => edges.Length;

    public override char Separator => separator;

    public override string Describe()
    {
        var text = new StringBuilder(gap > 0 ? string.Create(CultureInfo.InvariantCulture, $"{edges.Length} columns {gap} apart") : "columns at");
        for (int i = 0; gap == 0 && i < edges.Length; i++) text.Append(CultureInfo.InvariantCulture, $" {(right[i] ? ">" : "")}{edges[i]}");
        if (width > 0) text.Append(CultureInfo.InvariantCulture, $" to {width}");
        if (separator != ' ') text.Append(separator == '\t' ? " by tab" : " by |");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Describe"/> wrote.</summary>
    public static AlignedLayout? Parse(ReadOnlySpan<char> description)
    {
        var scan = new LineScan(description);
        List<int> edges = [];
        List<bool> right = [];
        int gap = 0, width = 0;
        if (scan.Skip("columns at"))
        {
            while (scan.Rest.StartsWith(" ") && scan.Rest.Length > 1 && (scan.Rest[1] == '>' || char.IsAsciiDigit(scan.Rest[1])))
            {
                scan.Skip(" ");
                right.Add(scan.Skip(">"));
                if (!scan.Number(out int edge) || edge > MaxEdge) return null;
                edges.Add(edge);
            }
        }
        else
        {
            if (!scan.Number(out int columns) || columns > MaxEdge || !scan.Skip(" columns ")) return null;
            if (!scan.Number(out gap) || gap is 0 or > MaxGap || !scan.Skip(" apart")) return null;
            edges.AddRange(new int[columns]);
            right.AddRange(new bool[columns]);
        }

        if (scan.Skip(" to ") && (!scan.Number(out width) || width > 2 * MaxEdge)) return null;
        char separator = scan.Skip(" by tab") ? '\t' : scan.Skip(" by |") ? '|' : ' ';
        return scan.Rest.IsEmpty && edges.Count > 0 ? new AlignedLayout([.. edges], [.. right], width, separator, gap) : null;
    }

    /// <summary>The same layout with another separator for encoded rows.</summary>
    public AlignedLayout With(char other) => new(edges, right, width, other, gap);

    /// <summary>The same layout, its edges left to be measured, where they follow from the widest cells.</summary>
    public AlignedLayout Apart(IReadOnlyList<string[]> rows)
    {
        if (edges.Length < 2 || right.Contains(true)) return this;
        int apart = edges[1] - edges[0] - Widest(rows, 0);
        if (apart is < 1 or > MaxGap || edges[0] != 0) return this;
        var layout = new AlignedLayout(edges, right, width, separator, apart);
        return layout.MeasuredEdges(rows).AsSpan().SequenceEqual(edges) ? layout : this;
    }

    public override TableLayout Measured(IEnumerable<string[]> rows) =>
        gap == 0 ? this : new AlignedLayout(MeasuredEdges([.. rows]), right, width, separator, gap);

    public override string[]? Split(ReadOnlySpan<char> line)
    {
        string[] cells = new string[edges.Length];
        ReadOnlySpan<char> rest = line;
        int at = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            int end = i + 1 == cells.Length ? line.Length : Math.Clamp(CellLimit(i, line), at, line.Length);
            cells[i] = line[at..end].Trim(' ').ToString();
            at = end;
        }

        var again = new StringBuilder(line.Length);
        return Join(cells, again) && again.Equals(line) ? cells : null;
    }

    public override bool Join(IReadOnlyList<string> cells, StringBuilder line)
    {
        int start = line.Length;
        for (int i = 0; i < cells.Count; i++)
        {
            if (cells[i].Length == 0) continue;
            int blanks = start + edges[i] - (right[i] ? cells[i].Length : 0) - line.Length;
            if (blanks < 0 || blanks > 2 * MaxEdge) return false;
            line.Append(' ', blanks).Append(cells[i]);
        }

        if (width > line.Length - start) line.Append(' ', width - (line.Length - start));
        return true;
    }

    /// <summary>Where the cell of a column must end: before the next column's cells begin.</summary>
    private int CellLimit(int column, ReadOnlySpan<char> line)
    {
        if (!right[column + 1]) return edges[column + 1];
        if (right[column]) return edges[column];
        int end = Math.Min(edges[column + 1], line.Length); // a left column before a right one: the right cell is the last run that ends at its edge
        while (end > edges[column] && line[end - 1] != ' ') end--;
        return end;
    }

    private int[] MeasuredEdges(IReadOnlyList<string[]> rows)
    {
        int[] measured = new int[edges.Length];
        for (int i = 1; i < measured.Length; i++) measured[i] = Math.Min(measured[i - 1] + Widest(rows, i - 1) + gap, int.MaxValue / 4);
        return measured;
    }

    private static int Widest(IReadOnlyList<string[]> rows, int column)
    {
        int widest = 0;
        foreach (string[] row in rows) widest = Math.Max(widest, row[column].Length);
        return widest;
    }
}
