using Spectre.Console;

namespace Headroom.Cli.Audit.Reports;

/// <summary>What a column holds, which says what becomes of it where room is short.</summary>
internal enum ColumnText
{
    /// <summary>Numbers, to the right; never broken.</summary>
    Number,

    /// <summary>A name; it keeps its end, which tells files of one folder apart.</summary>
    Name,

    /// <summary>A sentence; it keeps its beginning.</summary>
    Sentence,

    /// <summary>Something that may as well be left out, but is not shortened.</summary>
    Remark,
}

/// <summary>A column of a table on the terminal.</summary>
/// <param name="Header">Its head.</param>
/// <param name="Text">What it holds.</param>
/// <param name="Rank">What goes first where room is short: the highest. 0 stays.</param>
internal sealed record ReportColumn(string Header, ColumnText Text = ColumnText.Number, int Rank = 0)
{
    public bool CanShorten => Text is ColumnText.Name or ColumnText.Sentence;
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Color">Its colour; <see langword="null"/> for that of the terminal.</param>
internal readonly record struct ReportCell(string Text, Color? Color = null)
{
    public static implicit operator ReportCell(string text) => new(text);

    public static implicit operator ReportCell(long value) => new(Figure.Count(value));

    /// <summary>A share that is good above and bad below zero.</summary>
    public static ReportCell Saving(double? share) => new(Figure.Percent(share), share switch { > 0.0005 => Spectre.Console.Color.Green, < -0.0005 => Spectre.Console.Color.Red, _ => null });
}

/// <summary>A table that fits the terminal: columns are left out, then texts shortened, and numbers are never broken.</summary>
internal sealed class ReportTable(params ReportColumn[] columns)
{
    private const int Gap = 2;

    /// <summary>Names and sentences are shortened to this before columns are left out.</summary>
    private const int ShortName = 28, ShortSentence = 48;

    /// <summary>No text is shortened below this: what is left would say nothing.</summary>
    private const int ShortestText = 12;

    /// <summary>Names of a transcript may be of any length; no terminal is wider than this.</summary>
    private const int LongestText = 400;

    private readonly List<ReportCell[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params ReportCell[] cells) => _rows.Add([.. cells.Select(c => c with { Text = Figure.Line(c.Text.Length > LongestText ? c.Text[..LongestText] : c.Text) })]);

    /// <summary>Writes the table with a title, if it has rows.</summary>
    public void Write(IAnsiConsole console, string title)
    {
        if (IsEmpty) return;
        int[] widths = [.. columns.Select((c, i) => Math.Max(c.Header.GetCellWidth(), _rows.Max(r => i < r.Length ? r[i].Text.GetCellWidth() : 0)))];
        List<int> shown = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Rank == 0 || _rows.Exists(r => i < r.Length && r[i].Text.Length > 0))];
        Fit(shown, widths, console.Profile.Width);
        console.WriteLine();
        console.Write(new Paragraph(title + "\n", new Style(decoration: Decoration.Bold)));
        if (columns.Any(c => c.Header.Length > 0)) WriteRow(console, shown, widths, [.. columns.Select(c => new ReportCell(c.Header))], Decoration.Dim);
        foreach (ReportCell[] row in _rows) WriteRow(console, shown, widths, row, Decoration.None);
    }

    /// <summary>One line, without blanks at its end, which would stay behind in files.</summary>
    private void WriteRow(IAnsiConsole console, List<int> shown, int[] widths, ReportCell[] row, Decoration decoration)
    {
        var line = new Paragraph();
        int owed = 0;
        foreach (int i in shown)
        {
            ReportCell cell = i < row.Length ? row[i] : "";
            string text = Short(cell.Text, widths[i], columns[i].Text == ColumnText.Sentence);
            int blank = widths[i] - text.GetCellWidth();
            if (columns[i].Text == ColumnText.Number) owed += blank;
            if (text.Length > 0) line.Append(new string(' ', owed)).Append(text, new Style(cell.Color, decoration: decoration));
            owed = (text.Length > 0 ? 0 : owed) + (columns[i].Text != ColumnText.Number ? blank : 0) + Gap;
        }

        console.Write(line.Append("\n"));
    }

    /// <summary>Long texts are shortened first, then columns left out, then texts shortened for good.</summary>
    private void Fit(List<int> shown, int[] widths, int width)
    {
        Shorten(shown, widths, width, i => columns[i].Text == ColumnText.Name ? ShortName : ShortSentence);
        while (Total(shown, widths) > width && shown.Where(i => columns[i].Rank > 0).OrderByDescending(i => columns[i].Rank).FirstOrDefault(-1) is >= 0 and var least) shown.Remove(least);
        Shorten(shown, widths, width, _ => ShortestText);
    }

    private void Shorten(List<int> shown, int[] widths, int width, Func<int, int> least)
    {
        while (Total(shown, widths) > width && shown.Where(i => columns[i].CanShorten && widths[i] > least(i)).OrderByDescending(i => widths[i]).FirstOrDefault(-1) is >= 0 and var longest)
            widths[longest] = Math.Max(least(longest), widths[longest] - (Total(shown, widths) - width));
    }

    private static int Total(List<int> shown, int[] widths) => shown.Sum(i => widths[i]) + Gap * (shown.Count - 1);

    private static string Short(string text, int width, bool keepsBeginning)
    {
        if (text.GetCellWidth() <= width) return text;
        int cut = 0;
        while (cut < text.Length && Rest(text, cut, keepsBeginning).GetCellWidth() >= width) cut++;
        string rest = Rest(text, cut, keepsBeginning);
        return keepsBeginning ? rest.TrimEnd() + "…" : "…" + rest;
    }

    private static string Rest(string text, int cut, bool keepsBeginning) => keepsBeginning ? text[..^cut] : text[cut..];
}
