using Headroom.Cli.Terminals;
using Headroom.Economics;
using static Headroom.Cli.Terminals.ReportColumn;

namespace Headroom.Cli.Audit.Reports;

/// <summary>Makes the tables of a report, the same for the terminal and for the page.</summary>
internal static class AuditTables
{
    /// <summary>The longest bar, in blocks.</summary>
    private const int LongestBar = 16;

    public static ReportTable Totals(AuditReport report)
    {
        var table = new ReportTable("Tokens and cost", Name(""), new("without"), new("Headroom"), new("saved"), Remark("", 1));
        LedgerFigures figures = report.Figures;
        Balance("whole wire", figures.WholeWire, "every text token of every request");
        Balance("new input", figures.NewInput, "what no earlier request began with");
        Balance("touched results", figures.TouchedItems, "results that were changed, each once");
        CacheUsage without = figures.CacheWithout, sent = figures.CacheSent;
        table.Add("  cache reads", without.CachedRead, sent.CachedRead, "", "of the whole wire, as modelled");
        table.Add("  cache writes", without.Written, sent.Written);
        table.Add("  not cached", without.Uncached, sent.Uncached);
        if (report.Priced is { } priced) Cost(priced, report.PricedConversations);
        if (report.Unpriced is { } unpriced) Cost(unpriced, report.Conversations.Count - report.PricedConversations);
        return table;

        void Balance(string name, TokenBalance balance, string meaning) =>
            table.Add(name, balance.Before, balance.Sent, ReportCell.Saving(balance.NetShare), meaning);

        void Cost(AuditCost cost, int conversations)
        {
            bool isPart = conversations < report.Conversations.Count;
            string output = Figure.Cost(cost.Output, cost.IsPriced);
            table.Add(
                isPart ? $"cost of {Figure.Count(conversations)}" : "cost",
                Figure.Cost(cost.Without, cost.IsPriced), Figure.Cost(cost.Sent, cost.IsPriced), ReportCell.Saving(cost.NetShare),
                $"{Figure.CostUnit(cost.IsPriced)}, output of {output} included");
        }
    }

    /// <summary>Results by kind of text or by tool.</summary>
    /// <param name="groups">All groups.</param>
    /// <param name="of">What they are groups of: <c>kind</c>, <c>tool</c>.</param>
    /// <param name="title">The title.</param>
    /// <param name="top">How many are listed.</param>
    public static ReportTable Groups(IReadOnlyList<ItemGroup> groups, string of, string title, int top)
    {
        var table = new ReportTable(
            First(title, top, groups.Count), Name(of), new("results"), new("tokens"), new("Headroom", Rank: 3), new("saved"),
            new("saved on the wire", Rank: 1), new("cut"), new("needed again", Rank: 2), new("", ColumnKind.Bar, Rank: 4));
        long most = Math.Max(1, groups.Select(g => g.WireSaved).DefaultIfEmpty().Max());
        foreach (ItemGroup g in groups.Take(top))
        {
            table.Add(
                g.Name, g.Results, g.Before, g.After, ReportCell.Saving(Figure.Saved(g.Before, g.After)), g.WireSaved,
                g.Cut > 0 ? g.Cut : "-", g.Cut > 0 ? g.NeededAgain : "-", new ReportCell(Bar(g.WireSaved, most), CellTone.Good));
        }

        return table;
    }

    public static ReportTable Heaviest(AuditReport report)
    {
        string title = report.Heaviest.Count == 1 ? "The heaviest result" : $"The {report.Heaviest.Count} heaviest results";
        var table = new ReportTable(
            title, Name("tool"), Name("kind"), new("tokens"), new("sent", Rank: 2), new("in all"), new("Headroom", Rank: 1), new("saved"),
            Name("conversation", 3), new("line", Rank: 4), Name("what became of it", 5), new("needed again", Rank: 6));
        foreach (ReportedItem i in report.Heaviest)
        {
            AuditedItem item = i.Item;
            table.Add(
                item.Tool, item.Kind, item.TokensBefore, Figure.Count(item.TimesSent) + "x", item.WireBefore, item.WireSent,
                ReportCell.Saving(Figure.Saved(item.WireBefore, item.WireSent)), i.In.Title, item.Line, Wording.Form(item),
                item.WasCut ? item.Retrievals : "-");
        }

        return table;
    }

    public static ReportTable Provider(AuditReport report)
    {
        var table = new ReportTable("The provider's figures beside the model of its cache", Name(""), new("reported"), new("modelled"), Remark("", 1));
        CacheComparison cache = report.Cache;
        ReportedUsage reported = report.Reported;
        if (cache.Requests == 0)
        {
            if (reported.Input > 0) table.Add("input", reported.Input, "-", "reported as a total only");
            return table;
        }

        table.Add("requests", cache.Requests, "-", $"of {Figure.Count(report.Requests)}: those with reported usage");
        table.Add("input", reported.Input, "-", "in the provider's tokens");
        string error = $"error of the model {Figure.Percent(cache.Error)} of the input; {Figure.Percent(cache.MeanApart)} apart in a request";
        table.Add("cache reads", cache.Recorded, cache.Modelled, error);
        table.Add("cache writes", reported.CacheWritten, "-");
        table.Add("output", reported.Output, "-");
        if (report.Priced is { ReportedRequests: > 0 } cost)
            table.Add("cost", Figure.Cost(cost.Reported, true), Figure.Cost(cost.OfReported, true), "of these requests, at the same prices");
        return table;
    }

    public static ReportTable Breaks(AuditReport report, int top)
    {
        (ReportedConversation In, CacheBreak Found)[] all =
        [
            .. report.Conversations.SelectMany(c => c.Audit.Breaks.Select(b => (In: c, Found: b))).OrderByDescending(b => b.Found.LostTokens),
        ];
        var table = new ReportTable(
            First("Where the recorded prompts lost the cache", top, all.Length), new("lost tokens"), new("request"), Sentence("why"), Name("conversation", 2),
            new("line", Rank: 1));
        foreach ((ReportedConversation conversation, CacheBreak found) in all.Take(top))
            table.Add(found.LostTokens, found.Request, Wording.Of(found), conversation.Title, found.Line > 0 ? found.Line : "");
        return table;
    }

    public static ReportTable Prompts(AuditReport report)
    {
        var table = new ReportTable("In tools and system prompts", new("conversations"), Sentence("text that differs every time"));
        IEnumerable<IGrouping<string, VolatilePrompt>> same = report.Conversations.SelectMany(c => c.Audit.Volatile).GroupBy(Wording.Of, StringComparer.Ordinal);
        foreach (IGrouping<string, VolatilePrompt> prompts in same.OrderByDescending(g => g.Count()).Take(report.Top)) table.Add(prompts.Count(), prompts.Key);
        return table;
    }

    /// <summary>The conversations, where there are several; the largest first.</summary>
    public static ReportTable Conversations(AuditReport report, int top)
    {
        var table = new ReportTable(
            First("Conversations", top, report.Conversations.Count), Name("conversation"), new("requests", Rank: 2), new("whole wire"), new("saved"),
            new("cost", Rank: 3), new("cost saved", Rank: 1), new("cut", Rank: 4), new("breaks", Rank: 5));
        if (report.Conversations.Count < 2) return table;
        foreach (ReportedConversation c in report.Largest.Take(top))
        {
            ConversationAudit audit = c.Audit;
            table.Add(
                c.Title, audit.Turns.Count, audit.Figures.WholeWire.Before, ReportCell.Saving(audit.Figures.WholeWire.NetShare),
                Figure.Cost(audit.Cost.Without, audit.Cost.IsPriced), ReportCell.Saving(audit.Cost.NetShare), audit.Items.Count(i => i.WasCut), audit.Breaks.Count);
        }

        return table;
    }

    private static string First(string title, int top, int all) => all > top ? $"{title} (the first {Figure.Count(top)} of {Figure.Count(all)})" : title;

    private static string Bar(long value, long most) => value <= 0 ? "" : new string('█', (int)Math.Max(1, LongestBar * value / most));
}
