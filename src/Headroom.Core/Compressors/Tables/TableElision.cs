using System.Globalization;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Tables;

/// <summary>Chooses rows: the header, what is asked for, what is wrong, what is rare, the extremes, the first, the last, and some in between.</summary>
internal sealed class TableElision
{
    private const int Header = 100, First = 75, Last = 72, Wrong = 85, Asked = 82, Related = 80, Rare = 65, Extreme = 60, FirstOfKind = 56;

    /// <summary>Score on the question from which a row leads to others, how many such rows, and the characters a value they share must have.</summary>
    private const double MinRelatedScore = 0.6;

    private const int MaxSources = 8, MinRelatedValue = 4;

    /// <summary>Rows that may share a value for it to relate them.</summary>
    private const int MaxRelated = 12;

    /// <summary>Rows at the beginning and end of a table that show what the others look like.</summary>
    private const int EndRows = 3;

    /// <summary>Different values up to which a column is a category.</summary>
    private const int MaxCategories = 24;

    /// <summary>One in so many rows is rare enough to be worth seeing.</summary>
    private const int RareShare = 50;

    /// <summary>One in so many rows may hold a word for a problem for it to mark the row.</summary>
    private const int MaxProblemShare = 6;

    private readonly LineList _lines;
    private readonly LineBudget _selection;
    private readonly List<TableRegion> _tables;

    private TableElision(LineList lines)
    {
        _lines = lines;
        _selection = new LineBudget(lines);
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
        List<TableRegion> best = readings.MaxBy(tables => tables.Sum(t => t.Fitting.Count()))!;
        return best.Sum(t => t.Fitting.Count()) * 2 < lines.Count ? [] : best; // a text with some rows in it is no table
    }

    private void Rate(string question)
    {
        int next = 0;
        var terms = new QuestionRanking(question);
        foreach (TableRegion table in _tables)
        {
            for (; next < table.First; next++) Raise(next, 60);
            RateTable(table, terms);
            next = table.End;
        }

        for (; next < _selection.Count; next++) Raise(next, 60);
        double[] scores = terms.Score(_lines, _selection.Count);
        _selection.RaiseAsked(scores, top: 96, neighbours: 0);
        foreach (TableRegion table in _tables) RateRelated(table, scores);
    }

    /// <summary>Rows that share a rare value with a row that answers the question: other packages of the same source, other requests of the same user.</summary>
    private void RateRelated(TableRegion table, double[] scores)
    {
        List<TableRow> asked = [.. table.Rows.Skip(1).Where(r => r.Cells is not null && scores[r.Line] >= MinRelatedScore).OrderByDescending(r => scores[r.Line]).Take(MaxSources)];
        for (int column = 0; asked.Count > 0 && column < table.Layout.Columns; column++)
        {
            HashSet<string> values = new(asked.Select(r => r.Cells![column]).Where(v => v.Length >= MinRelatedValue), StringComparer.Ordinal);
            ILookup<string, TableRow> rows = table.Rows.Skip(1).Where(r => r.Cells is { } cells && values.Contains(cells[column])).ToLookup(r => r.Cells![column], StringComparer.Ordinal);
            foreach (IGrouping<string, TableRow> same in rows)
            {
                if (same.Count() > MaxRelated) continue;
                foreach (TableRow row in same) Raise(row.Line, Related);
            }
        }
    }


    private void RateTable(TableRegion table, QuestionRanking question)
    {
        Raise(table.First, Header);
        List<TableRow> rows = [.. table.Rows.Skip(1)];
        foreach (TableRow row in rows)
        {
            if (row.Cells is null) Raise(row.Line, _lines[row.Line].IndexOfAnyInRange('0', 'z') < 0 ? 90 : 50); // rules belong to the header
        }

        List<int> wrong = [.. rows.Where(r => Problems.In(_lines[r.Line])).Select(r => r.Line)];
        foreach (int line in wrong) Raise(line, wrong.Count * MaxProblemShare <= rows.Count || rows.Count < 20 ? Wrong : 8); // a word in many rows is not their problem

        for (int i = 0; i < Math.Min(EndRows, rows.Count); i++)
        {
            Raise(rows[i].Line, First - i);
            Raise(rows[^(i + 1)].Line, Last - i);
        }

        int step = Math.Max(2, rows.Count / 64); // evenly spread, coarse steps before fine ones
        for (int i = 0; i < rows.Count; i++) Raise(rows[i].Line, i % (step * 8) == 0 ? 40 : i % step == 0 ? 30 : 5);
        for (int c = 0; c < table.Layout.Columns; c++) RateColumn(rows, c, question.AsksForExtremes || (table.Rows[0].Cells is { } header && question.Holds(header[c])));
    }

    private void RateColumn(List<TableRow> rows, int column, bool asked)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        List<(double Value, int Line)> numbers = [];
        foreach (TableRow row in rows)
        {
            if (row.Cells is not { } cells) continue;
            if (counts.Count <= MaxCategories) counts[cells[column]] = counts.GetValueOrDefault(cells[column]) + 1;
            if (TryNumber(cells[column], out double value)) numbers.Add((value, row.Line));
        }

        RateExtremes(numbers, asked);
        if (counts.Count is < 2 or > MaxCategories || rows.Count < 20) return;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (TableRow row in rows)
        {
            if (row.Cells is not { } cells) continue;
            if (seen.Add(cells[column])) Raise(row.Line, FirstOfKind);
            if (counts[cells[column]] * (asked ? 4 : RareShare) <= rows.Count) Raise(row.Line, asked ? Asked - 8 : Rare);
        }
    }

    /// <summary>The least and the greatest numbers of a column, more of them where the question names it.</summary>
    private void RateExtremes(List<(double Value, int Line)> numbers, bool asked)
    {
        if (numbers.Count < 4) return;
        numbers.Sort(); // equal values by line
        if (numbers[0].Value >= numbers[^1].Value) return;
        int most = asked ? 8 : 3;
        for (int i = 0; i < Math.Min(most, numbers.Count); i++) Raise(numbers[^(i + 1)].Line, (asked ? Asked : Extreme) - i);
        for (int i = 0; i < Math.Min(asked ? 3 : 1, numbers.Count); i++) Raise(numbers[i].Line, (asked ? Asked : Extreme) - 2 - i);
    }

    /// <summary>The number a cell begins with, as in <c>12Mi</c>, <c>3.5%</c> or <c>-4</c>, a unit of size counted in.</summary>
    private static bool TryNumber(string cell, out double value)
    {
        int length = cell.StartsWith('-') ? 1 : 0;
        while (length < cell.Length && length < 18 && (char.IsAsciiDigit(cell[length]) || cell[length] == '.')) length++;
        value = 0;
        if (length == 0 || cell.Length - length > 3) return false;
        if (!double.TryParse(cell.AsSpan(0, length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return false;
        value *= length == cell.Length ? 1 : cell[length] switch { 'k' or 'K' => 1e3, 'M' => 1e6, 'G' => 1e9, 'T' => 1e12, _ => 1 };
        return true;
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
