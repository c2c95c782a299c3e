using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>Writes the tables of the report as HTML, with all columns but the bars, which the page draws.</summary>
internal static class HtmlTable
{
    /// <summary>The table; nothing where it has no rows.</summary>
    public static Html Write(ReportTable table)
    {
        var html = new Html();
        if (table.Rows.Count == 0) return html;
        int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Kind != ColumnKind.Bar)];
        html.Format($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{table.Title}\"><table><caption>{table.Title}</caption><thead><tr>");
        foreach (int i in shown) html.Format($"<th scope=\"col\"{Class(table.Columns[i])}>{table.Columns[i].Header}</th>");
        html.Raw("</tr></thead><tbody>\n");
        foreach (ReportCell[] row in table.Rows)
        {
            html.Raw("<tr>");
            foreach (int i in shown)
            {
                if (i == 0) html.Format($"<th scope=\"row\"{Class(table.Columns[0])}>{row[0].Text.TrimStart()}</th>");
                else html.Format($"<td{Class(table.Columns[i])}>{row[i].Text}</td>");
            }

            html.Raw("</tr>\n");
        }

        return html.Raw("</tbody></table></div>\n");
    }

    private static Html Class(ReportColumn column) => new Html().Raw(column.IsNumber ? " class=\"n\"" : "");
}
