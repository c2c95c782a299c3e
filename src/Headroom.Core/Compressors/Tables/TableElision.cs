using System.Globalization;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Tables;

/// <summary>Chooses rows: the header, what is asked for, what is wrong, what is rare, the extremes, the first, the last, and some in between.</summary>
internal sealed class TableElision
{
    private const int Header = 100, First = 75, Last = 72, Wrong = 85, Rare = 65, Extreme = 55;

    /// <summary>Rows at the beginning and end of a table that show what the others look like.</summary>
    private const int EndRows = 3;

    /// <summary>Different values up to which a column is a category.</summary>
    private const int MaxCategories = 24;

    /// <summary>One in so many rows is rare enough to be worth seeing.</summary>
    private const int RareShare = 50;

    private readonly LineList _lines;
    private readonly LineSelection _selection;
    private readonly List<TableRegion> _tables;

    private TableElision(LineList lines)
    {
        _lines = lines;
        _selection = new LineSelection(lines);
        _tables = Tables(lines);
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var lines = new LineList(request.Text);
        var elision = new TableElision(lines);
        if (elision._tables.Count == 0) return null;
        elision.Rate(request.Question);
        return elision._selection.Select("rows", budget, elision.Phrase);
    }

    /// <summary>The reading of the text as tables that covers most lines.</summary>
    private static List<TableRegion> Tables(LineList lines)
    {
        List<List<TableRegion>> readings = [.. ",\t;|".Select(separator => DelimitedFinder.Find(lines, separator)), BarFinder.Find(lines), AlignedFinder.Find(lines)];
        return readings.MaxBy(tables => tables.Sum(t => t.Fitting.Count()))!;
    }

    private void Rate(string question)
    {
        int next = 0;
        foreach (TableRegion table in _tables)
        {
            for (; next < table.First; next++) Raise(next, 60);
            RateTable(table);
            next = table.End;
        }

        for (; next < _selection.Count; next++) Raise(next, 60);
        _selection.RaiseAsked(new QuestionTerms(question).Score(_lines, _selection.Count), top: 96, neighbours: 0);
    }

    private void RateTable(TableRegion table)
    {
        Raise(table.First, Header);
        List<TableRow> rows = [.. table.Rows.Skip(1)];
        foreach (TableRow row in rows)
        {
            if (row.Cells is null) Raise(row.Line, _lines[row.Line].IndexOfAnyInRange('0', 'z') < 0 ? 90 : 50); // rules belong to the header
            if (Problems.In(_lines[row.Line])) Raise(row.Line, Wrong);
        }

        for (int i = 0; i < Math.Min(EndRows, rows.Count); i++)
        {
            Raise(rows[i].Line, First - i);
            Raise(rows[^(i + 1)].Line, Last - i);
        }

        int step = Math.Max(2, rows.Count / 64); // evenly spread, coarse steps before fine ones
        for (int i = 0; i < rows.Count; i++) Raise(rows[i].Line, i % (step * 8) == 0 ? 40 : i % step == 0 ? 30 : 5);
        for (int c = 0; c < table.Layout.Columns; c++) RateColumn(rows, c);
    }

    private void RateColumn(List<TableRow> rows, int column)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        (int Line, double Value) least = (-1, double.MaxValue), most = (-1, double.MinValue);
        foreach (TableRow row in rows)
        {
            if (row.Cells is not { } cells) continue;
            if (counts.Count <= MaxCategories) counts[cells[column]] = counts.GetValueOrDefault(cells[column]) + 1;
            if (!TryNumber(cells[column], out double value)) continue;
            if (value < least.Value) least = (row.Line, value);
            if (value > most.Value) most = (row.Line, value);
        }

        if (least.Value < most.Value)
        {
            Raise(least.Line, Extreme);
            Raise(most.Line, Extreme + 2);
        }

        if (counts.Count is < 2 or > MaxCategories || rows.Count < 20) return;
        foreach (TableRow row in rows)
        {
            if (row.Cells is { } cells && counts[cells[column]] * RareShare <= rows.Count) Raise(row.Line, Rare);
        }
    }

    /// <summary>The number a cell begins with, as in <c>12Mi</c>, <c>3.5%</c> or <c>-4</c>.</summary>
    private static bool TryNumber(string cell, out double value)
    {
        int length = cell.StartsWith('-') ? 1 : 0;
        while (length < cell.Length && length < 18 && (char.IsAsciiDigit(cell[length]) || cell[length] == '.')) length++;
        value = 0;
        return length > 0 && cell.Length - length <= 3 && double.TryParse(cell.AsSpan(0, length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>What the rows of a gap have in common, and from where to where their first column goes.</summary>
    private string Phrase(int first, int last)
    {
        if (_tables.Find(t => t.First <= first && last < t.End) is not { } table || table.Rows[0].Cells is not { } header) return "";
        List<string[]> rows = [];
        for (int i = first - table.First; i <= last - table.First; i++) // here every row is one line
        {
            if (table.Rows[i].Cells is { } cells) rows.Add(cells);
        }

        if (rows.Count == 0) return "";
        List<string> said = [];
        for (int c = 0; c < header.Length && said.Count < 3; c++)
        {
            int column = c;
            if (rows[0][c].Length is > 0 and < 24 && header[c].Length < 24 && rows.TrueForAll(r => r[column] == rows[0][column])) said.Add($"{header[c]}={rows[0][c]}");
        }

        string range = rows[0][0] == rows[^1][0] ? "" : $"{rows[0][0]} to {rows[^1][0]}";
        return string.Join(", ", said.Prepend(range).Where(s => s.Length > 0));
    }

    private void Raise(int line, int interest) => _selection.Raise(line, interest);
}
