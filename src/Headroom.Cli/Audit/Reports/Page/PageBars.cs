using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>Writes the bar plots of the page: savings by kind of text, and the heaviest results.</summary>
internal static class PageBars
{
    public static Html Kinds(AuditReport report)
    {
        ReportTable table = AuditTables.Groups(report.ByKind, "kind", "By kind of text", report.ByKind.Count);
        Bar[] bars = [.. report.ByKind.Take(report.Top).Select(g => new Bar(g.Name, Figure.Of(g.Results, "result"), g.WireBefore, g.WireSent))];
        const string Caption = "Tokens of tool results over all requests that sent them. At the end of each bar: what is saved.";
        return Plot("kinds", "Savings by kind of text", Caption, bars, table);
    }

    public static Html Heaviest(AuditReport report)
    {
        ReportTable table = AuditTables.Heaviest(report);
        Bar[] bars = [.. report.Heaviest.Select(i => new Bar(i.Item.Tool, Detail(i.Item), i.Item.WireBefore, i.Item.WireSent))];
        return Plot("heaviest", table.Title, "Tool results by their tokens over all requests that sent them.", bars, table);

        static string Detail(AuditedItem item) => $"{item.Kind}, {Figure.Count(item.TokensBefore)} tokens, sent {Figure.Count(item.TimesSent)}x";
    }

    private static Html Plot(string id, string title, string caption, Bar[] bars, ReportTable table)
    {
        var html = new Html();
        if (bars.Length == 0) return html;
        html.Format($"<h2>{title}</h2>\n<figure><figcaption>{caption}</figcaption>\n<div class=\"plot\">{BarChart.Draw(id, title, Describe(bars), bars)}</div>");
        html.Add(AuditPage.Legend(("sent", "sent"), ("saved", "saved")));
        return html.Format($"<details><summary>The same as a table</summary>{HtmlTable.Write(table)}</details></figure>\n");
    }

    private static string Describe(Bar[] bars)
    {
        string first = string.Join("; ", bars.Take(3).Select(b => $"{b.Label}: {Figure.Count(b.Before)} without, {Figure.Count(b.Sent)} with Headroom"));
        return bars.Length > 3 ? first + "; and more in the table below." : first + ".";
    }
}
