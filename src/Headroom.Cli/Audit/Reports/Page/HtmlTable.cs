namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>A table of the page.</summary>
/// <param name="caption">What it shows.</param>
/// <param name="columns">Its heads; those that begin with <c>#</c> are of numbers.</param>
internal sealed class HtmlTable(string caption, params string[] columns)
{
    private readonly Html _rows = new();

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Adds a row: texts and numbers, of which the first is its head.</summary>
    public void Add(params object?[] cells)
    {
        IsEmpty = false;
        _rows.Raw("<tr>");
        for (int i = 0; i < columns.Length; i++)
        {
            object? cell = i < cells.Length ? cells[i] : "";
            string text = cell switch { long or int => Figure.Count(Convert.ToInt64(cell, System.Globalization.CultureInfo.InvariantCulture)), _ => cell?.ToString() ?? "" };
            if (i == 0) _rows.Format($"<th scope=\"row\">{text}</th>");
            else if (IsNumber(i)) _rows.Format($"<td class=\"n\">{text}</td>");
            else _rows.Format($"<td>{text}</td>");
        }

        _rows.Raw("</tr>\n");
    }

    /// <summary>The table; nothing where it has no rows.</summary>
    public Html Write()
    {
        var html = new Html();
        if (IsEmpty) return html;
        html.Format($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><caption>{caption}</caption><thead><tr>");
        for (int i = 0; i < columns.Length; i++)
        {
            if (IsNumber(i)) html.Format($"<th scope=\"col\" class=\"n\">{columns[i][1..]}</th>");
            else html.Format($"<th scope=\"col\">{columns[i]}</th>");
        }

        return html.Format($"</tr></thead><tbody>\n{_rows}</tbody></table></div>\n");
    }

    private bool IsNumber(int column) => columns[column].StartsWith('#');
}
