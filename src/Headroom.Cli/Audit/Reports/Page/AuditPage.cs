using System.Reflection;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>
/// Writes an audit as one page that needs nothing but itself: no network, no script. It holds counts, and the names of files, tools and models;
/// no text of the conversations.
/// </summary>
internal static class AuditPage
{
    /// <summary>Rows of the table of lost caches, in times of what is listed on a terminal: a page has room, but not for thousands.</summary>
    private const int MoreBreaks = 10;

    // A browser that is told so loads nothing and runs nothing, whatever a name in here may try.
    private const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>Headroom audit</title>
        <style>

        """;

    public static string Write(AuditReport report)
    {
        var html = new Html();
        html.Raw(Head).Raw(PageStyle.Css).Raw("\n</style>\n</head>\n<body>\n<main>\n");
        html.Format($"<header><h1>Headroom audit</h1>\n<p>{Wording.Inputs(report)}</p>\n<p class=\"soft\">{Wording.Settings(report)}</p></header>\n");
        html.Add(Cards(report)).Add(HtmlTable.Write(AuditTables.Totals(report)));
        html.Add(PageBars.Kinds(report)).Add(PageBars.Heaviest(report)).Add(PageConversations.Write(report)).Add(Cache(report));
        html.Add(HtmlTable.Write(AuditTables.Groups(report.ByTool, "tool", "By tool", report.ByTool.Count))).Add(Files(report));
        html.Raw("<h2>How to read this</h2>\n<ul class=\"notes\">\n");
        foreach (string note in Wording.Notes(report)) html.Format($"<li>{note}</li>\n");
        html.Raw("</ul>\n<footer>This page holds counts, and the names of files, tools, kinds of text and models. It holds no text of the conversations, ");
        html.Format($"loads nothing and runs no script. Written by headroom {Version()}.</footer>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static Html Cards(AuditReport report)
    {
        var html = new Html().Raw("<dl class=\"cards\">\n");
        Card("Whole wire, saved", report.Figures.WholeWire.NetShare, Tokens(report.Figures.WholeWire));
        Card("New input, saved", report.Figures.NewInput.NetShare, Tokens(report.Figures.NewInput));
        if ((report.Priced ?? report.Unpriced) is { } cost) Card("Cost, saved", cost.NetShare, PageConversations.Cost(cost));
        int cut = report.Items.Count(i => i.Item.WasCut), needed = report.Items.Count(i => i.Item.Retrievals > 0);
        html.Format($"<div class=\"card\"><dt>Results cut</dt><dd><span class=\"big\">{cut:N0}</span><br>");
        html.Format($"of {report.Items.Count:N0}; {needed:N0} needed again, by estimate</dd></div>\n");
        return html.Raw("</dl>\n");

        void Card(string name, double? share, string detail)
        {
            string look = ReportCell.ToneOf(share) switch { CellTone.Good => "big good", CellTone.Bad => "big bad", _ => "big" };
            html.Format($"<div class=\"card\"><dt>{name}</dt><dd><span class=\"{look}\">{Figure.Percent(share)}</span><br>{detail}</dd></div>\n");
        }

        static string Tokens(Economics.TokenBalance balance) => $"{Figure.Count(balance.Before)} → {Figure.Count(balance.Sent)} tokens";
    }

    private static Html Cache(AuditReport report)
    {
        ReportTable[] tables = [AuditTables.Provider(report), AuditTables.Breaks(report, MoreBreaks * report.Top), AuditTables.Prompts(report)];
        var html = new Html();
        if (tables.All(t => t.Rows.Count == 0)) return html;
        html.Raw("<h2>The prompt cache</h2>\n");
        foreach (ReportTable table in tables) html.Add(HtmlTable.Write(table));
        return html;
    }

    private static Html Files(AuditReport report)
    {
        var table = new ReportTable(
            "Files", ReportColumn.Name("file"), ReportColumn.Name("format"), new("conversations"), new("broken lines"), ReportColumn.Name("problem"));
        foreach (FileAudit file in report.Files)
        {
            string format = file.Format is { } known ? Transcripts.TranscriptFormats.NameOf(known) : "";
            table.Add(file.Name, format, file.Conversations.Count, file.BrokenLines, file.Problem is null ? "" : "could not be audited");
        }

        return new Html().Format($"<details><summary>{Figure.Of(report.Files.Count, "file")}</summary>{HtmlTable.Write(table)}</details>\n");
    }

    /// <summary>What the colours of a plot stand for.</summary>
    public static Html Legend(params (string Class, string Text)[] entries)
    {
        var html = new Html().Raw("<ul class=\"legend\" aria-hidden=\"true\">");
        foreach ((string kind, string text) in entries) html.Format($"<li><i class=\"{kind}\"></i>{text}</li>");
        return html.Raw("</ul>\n");
    }

    private static string Version() =>
        typeof(AuditPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
