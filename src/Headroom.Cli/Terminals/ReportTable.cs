namespace Headroom.Cli.Terminals;

/// <summary>A table, for the terminal and for pages.</summary>
/// <param name="title">What it shows.</param>
/// <param name="columns">Its columns.</param>
internal sealed class ReportTable(string title, params ReportColumn[] columns)
{
    /// <summary>Names of a transcript may be of any length; no terminal or page is wider than this.</summary>
    private const int LongestText = 200;

    private readonly List<ReportCell[]> _rows = [];

    public string Title => title;

    public IReadOnlyList<ReportColumn> Columns => columns;

    /// <summary>The rows; each as wide as the table.</summary>
    public IReadOnlyList<ReportCell[]> Rows => _rows;

    /// <summary>Adds a row. What is missing at its end is empty.</summary>
    public void Add(params ReportCell[] cells)
    {
        var row = new ReportCell[columns.Length];
        for (int i = 0; i < row.Length; i++) row[i] = i < cells.Length ? cells[i] with { Text = Short(Figure.Line(cells[i].Text)) } : "";
        _rows.Add(row);
    }

    private static string Short(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;
}
