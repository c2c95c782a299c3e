using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>Writes the conversations of the page: a plot and a few figures for the largest, a row for each.</summary>
internal static class PageConversations
{
    /// <summary>Rows of the table beside a plot: one a request up to here, then one for every few.</summary>
    private const int MostRows = 120;

    public static Html Write(AuditReport report)
    {
        ReportedConversation[] largest = [.. report.Largest.Take(report.Top)];
        var html = new Html();
        html.Format($"<h2>Tokens per request</h2>\n<p class=\"soft\">{Intro(report, largest.Length)}</p>\n");
        html.Add(AuditPage.Legend(
            ("without", "without Headroom"), ("saved", "saved"), ("new", "sent, new"), ("read", "sent, read from the cache"),
            ("break", "the recorded prompt lost the cache")));
        for (int i = 0; i < largest.Length; i++) html.Add(Plot(largest[i], i + 1));
        ReportTable all = AuditTables.Conversations(report, report.Conversations.Count);
        if (all.Rows.Count > 0) html.Format($"<details><summary>All {all.Rows.Count:N0} conversations</summary>{HtmlTable.Write(all)}</details>\n");
        return html;
    }

    /// <summary>A cost without and with Headroom.</summary>
    public static string Cost(AuditCost cost)
    {
        string unit = cost.IsPriced ? "" : " " + Figure.CostUnit(false);
        return $"{Figure.Cost(cost.Without, cost.IsPriced)} → {Figure.Cost(cost.Sent, cost.IsPriced)}{unit}";
    }

    private static string Intro(AuditReport report, int shown)
    {
        string which = shown < report.Conversations.Count
            ? $"The prompts of the {Figure.Count(shown)} largest conversations of {Figure.Count(report.Conversations.Count)}; all are in the table below."
            : "The prompts of each conversation.";
        return which + " Where more is sent than without Headroom, a retrieval was paid for, or the declared tool costs more than is saved so far.";
    }

    private static Html Plot(ReportedConversation conversation, int number)
    {
        ConversationAudit audit = conversation.Audit;
        List<TurnStep> steps = TurnChart.Steps(audit.Turns);
        string title = $"Tokens per request of {conversation.Title}";
        var table = new ReportTable(title, ReportColumn.Name("request"), new("without"), new("sent"), new("read from the cache"), new("saved"));
        int every = (steps.Count + MostRows - 1) / MostRows;
        foreach (TurnStep s in steps.Where((_, i) => i % every == 0)) table.Add(s.Request, s.Without, s.Sent, s.Read, s.Without - s.Sent);
        var html = new Html();
        html.Format($"<figure><h3>{conversation.Title}</h3><p class=\"facts\">{Facts(audit)}</p>\n");
        html.Format($"<div class=\"plot\">{TurnChart.Draw($"turns-{number}", title, steps, audit.Breaks)}</div>");
        return html.Format($"<details class=\"long\"><summary>The same as a table</summary>{HtmlTable.Write(table)}</details></figure>\n");
    }

    private static string Facts(ConversationAudit audit)
    {
        string models = audit.Models.Count > 0 ? string.Join(", ", audit.Models) + ", " : "";
        string hidden = audit.Fit.Hidden > 0 ? $", {Figure.Count(audit.Fit.Hidden)} tokens of each prompt not in the transcript" : "";
        string saved = $"whole wire {Figure.Percent(audit.Figures.WholeWire.NetShare)} saved, {Cost(audit.Cost)} ({Figure.Percent(audit.Cost.NetShare)} saved)";
        return $"{models}{Figure.Of(audit.Turns.Count, "request")}, {saved}{hidden}";
    }
}
