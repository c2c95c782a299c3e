using Headroom.Economics;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>Writes the conversations of the page: a plot and a few figures for the largest, a row for each.</summary>
internal static class PageConversations
{
    /// <summary>Rows of the table beside a plot: one a request up to here, then one for every few.</summary>
    private const int MostRows = 120;

    public static Html Write(AuditReport report)
    {
        ReportedConversation[] largest = [.. report.Conversations.OrderByDescending(c => c.Audit.Figures.WholeWire.Before).Take(report.Top)];
        var html = new Html();
        html.Format($"<h2>Tokens per request</h2>\n<p class=\"soft\">{Intro(report, largest.Length)}</p>\n");
        html.Format($"{AuditPage.Legend(("without", "without Headroom"), ("saved", "saved"), ("new", "sent, new"), ("read", "sent, read from the cache"), ("break", "the recorded prompt lost the cache"))}");
        for (int i = 0; i < largest.Length; i++) html.Format($"{Figure(largest[i], i + 1)}");
        return html.Format($"{Table(report)}");
    }

    private static string Intro(AuditReport report, int shown)
    {
        string which = shown < report.Conversations.Count ? $"The prompts of the {shown} largest conversations of {report.Conversations.Count}; all are in the table below." : "The prompts of each conversation.";
        return which + " Where more is sent than without Headroom, a retrieval was paid for, or the declared tool costs more than is saved so far.";
    }

    private static Html Figure(ReportedConversation conversation, int number)
    {
        ConversationAudit audit = conversation.Audit;
        LedgerFigures f = audit.Figures;
        List<TurnStep> steps = TurnChart.Steps(audit.Turns);
        var html = new Html();
        html.Format($"<figure><h3>{conversation.Title}</h3><p class=\"facts\">{Facts(audit)}</p>\n");
        html.Format($"<div class=\"plot\">{TurnChart.Draw($"turns-{number}", $"Tokens per request of {conversation.Title}", steps, audit.Breaks)}</div>");
        var table = new HtmlTable($"Tokens per request of {conversation.Title}", "request", "#without", "#sent", "#read from the cache", "#saved");
        int every = (steps.Count + MostRows - 1) / MostRows;
        foreach (TurnStep p in steps.Where((_, i) => i % every == 0)) table.Add(p.Request, p.Without, p.Sent, p.Read, p.Without - p.Sent);
        return html.Format($"<details class=\"long\"><summary>The same as a table</summary>{table.Write()}</details></figure>\n");
    }

    private static string Facts(ConversationAudit audit)
    {
        string models = audit.Models.Count > 0 ? string.Join(", ", audit.Models) + ", " : "";
        string cost = $"{Reports.Figure.Cost(audit.Cost.Without, audit.Cost.IsPriced)} → {Reports.Figure.Cost(audit.Cost.Sent, audit.Cost.IsPriced)}{(audit.Cost.IsPriced ? "" : " tokens at the price of input")}";
        string hidden = audit.Fit.Hidden > 0 ? $", {Reports.Figure.Count(audit.Fit.Hidden)} tokens of each prompt not in the transcript" : "";
        return $"{models}{Reports.Figure.Of(audit.Turns.Count, "request")}, whole wire {Reports.Figure.Percent(audit.Figures.WholeWire.NetShare)} saved, {cost} ({Reports.Figure.Percent(audit.Cost.NetShare)} saved){hidden}";
    }

    private static Html Table(AuditReport report)
    {
        var table = new HtmlTable("Conversations", "conversation", "#requests", "#whole wire", "#saved", "#new input", "#saved", "#cost", "#saved", "#cut", "#needed again", "#breaks");
        if (report.Conversations.Count < 2) return new Html();
        foreach (ReportedConversation c in report.Conversations)
        {
            ConversationAudit a = c.Audit;
            table.Add(
                c.Title, a.Turns.Count, a.Figures.WholeWire.Before, Reports.Figure.Percent(a.Figures.WholeWire.NetShare), a.Figures.NewInput.Before, Reports.Figure.Percent(a.Figures.NewInput.NetShare),
                Reports.Figure.Cost(a.Cost.Without, a.Cost.IsPriced), Reports.Figure.Percent(a.Cost.NetShare), a.Items.Count(i => i.WasCut), a.Items.Count(i => i.Retrievals > 0), a.Breaks.Count);
        }

        return new Html().Format($"<details><summary>All {report.Conversations.Count} conversations</summary>{table.Write()}</details>\n");
    }
}
