using Spectre.Console;

namespace Headroom.Cli.Terminals;

/// <summary>Writes tables so that they fit the terminal: columns are left out, then texts shortened, and numbers are never broken.</summary>
internal static class TerminalTable
{
    private const int Gap = 2;

    /// <summary>Names and sentences are shortened to this before columns are left out.</summary>
    private const int ShortName = 28, ShortSentence = 48;

    /// <summary>No text is shortened below this: what is left would say nothing.</summary>
    private const int ShortestText = 12;

    /// <summary>Writes a table with its title, if it has rows.</summary>
    public static void Write(IAnsiConsole console, ReportTable table)
    {
        if (table.Rows.Count == 0) return;
        int[] widths = [.. table.Columns.Select((c, i) => Math.Max(c.Header.GetCellWidth(), table.Rows.Max(r => r[i].Text.GetCellWidth())))];
        List<int> shown = [.. Enumerable.Range(0, widths.Length).Where(i => table.Columns[i].Rank == 0 || table.Rows.Any(r => r[i].Text.Length > 0))];
        Fit(table.Columns, shown, widths, console.Profile.Width);
        console.WriteLine();
        console.Write(new Paragraph(table.Title + "\n", new Style(decoration: Decoration.Bold)));
        ReportCell[] heads = [.. table.Columns.Select(c => new ReportCell(c.Header))];
        if (heads.Any(h => h.Text.Length > 0)) WriteRow(console, table.Columns, shown, widths, heads, Decoration.Dim);
        foreach (ReportCell[] row in table.Rows) WriteRow(console, table.Columns, shown, widths, row, Decoration.None);
    }

    /// <summary>One line, without blanks at its end, which would stay behind in files.</summary>
    private static void WriteRow(
        IAnsiConsole console, IReadOnlyList<ReportColumn> columns, List<int> shown, int[] widths, ReportCell[] row, Decoration decoration)
    {
        var line = new Paragraph();
        int owed = 0;
        foreach (int i in shown)
        {
            string text = Short(row[i].Text, widths[i], columns[i].Kind == ColumnKind.Sentence);
            int blank = widths[i] - text.GetCellWidth();
            if (columns[i].IsNumber) owed += blank;
            if (text.Length > 0)
            {
                line.Append(new string(' ', owed)).Append(text, new Style(ColorOf(row[i].Tone), decoration: decoration));
                owed = 0;
            }

            owed += (columns[i].IsNumber ? 0 : blank) + Gap;
        }

        console.Write(line.Append("\n"));
    }

    /// <summary>Long texts are shortened first, then columns left out, then texts shortened for good.</summary>
    private static void Fit(IReadOnlyList<ReportColumn> columns, List<int> shown, int[] widths, int width)
    {
        Shorten(i => columns[i].Kind == ColumnKind.Name ? ShortName : ShortSentence);
        while (Total() > width && shown.Where(i => columns[i].Rank > 0).OrderByDescending(i => columns[i].Rank).FirstOrDefault(-1) is >= 0 and var least)
            shown.Remove(least);
        Shorten(_ => ShortestText);

        int Total() => shown.Sum(i => widths[i]) + Gap * (shown.Count - 1);

        void Shorten(Func<int, int> to)
        {
            while (Total() > width && Longest(to) is >= 0 and var i) widths[i] = Math.Max(to(i), widths[i] - (Total() - width));
        }

        int Longest(Func<int, int> to) =>
            shown.Where(i => columns[i].CanShorten && widths[i] > to(i)).OrderByDescending(i => widths[i]).FirstOrDefault(-1);
    }

    private static string Short(string text, int width, bool keepsBeginning)
    {
        if (text.GetCellWidth() <= width) return text;
        int cut = 0;
        while (cut < text.Length && Rest(cut).GetCellWidth() >= width) cut++;
        return keepsBeginning ? Rest(cut).TrimEnd() + "…" : "…" + Rest(cut);

        string Rest(int gone) => keepsBeginning ? text[..^gone] : text[gone..];
    }

    private static Color? ColorOf(CellTone tone) => tone switch { CellTone.Good => Color.Green, CellTone.Bad => Color.Red, _ => null };
}
