namespace Headroom.Internal.Tables;

/// <summary>Lines of a text that form a table.</summary>
/// <param name="Rows">The rows, in order; each line of the region belongs to one.</param>
/// <param name="End">The line after the last, from 0.</param>
/// <param name="Layout">How the cells stand in the lines.</param>
/// <param name="EndsWithReturn">Whether the lines that fit end with a carriage return.</param>
internal sealed record TableRegion(IReadOnlyList<TableRow> Rows, int End, TableLayout Layout, bool EndsWithReturn)
{
    /// <summary>A table needs a header and two rows before its layout can pay.</summary>
    public const int MinRows = 3;

    public int First => Rows[0].Line;

    /// <summary>The region without lines at its ends that do not fit: they read better outside the table.</summary>
    public TableRegion Trimmed()
    {
        int first = 0, end = Rows.Count;
        while (first < end && Rows[first].Cells is null) first++;
        while (end > first && Rows[end - 1].Cells is null) end--;
        return first == end ? this : this with { Rows = [.. Rows.Take(first..end)], End = Rows[end - 1].Line + 1 };
    }

    /// <summary>The rows that fit the layout.</summary>
    public IEnumerable<string[]> Fitting => Rows.Select(r => r.Cells).OfType<string[]>();
}

/// <summary>A row of a table.</summary>
/// <param name="Line">Its first line in the text, from 0.</param>
/// <param name="Cells">Its cells; <see langword="null"/> for a line that does not fit the layout and stays as it is.</param>
internal readonly record struct TableRow(int Line, string[]? Cells);
