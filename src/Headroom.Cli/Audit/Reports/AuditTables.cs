using Headroom.Economics;
using Spectre.Console;

namespace Headroom.Cli.Audit.Reports;

/// <summary>Writes an audit as tables for a terminal.</summary>
internal static class AuditTables
{
    public static void Write(IAnsiConsole console, AuditReport report)
    {
        Prose(console, Wording.Inputs(report), Decoration.Bold);
        Prose(console, Wording.Settings(report), Decoration.None);
        Totals(report).Write(console, "Tokens and cost");
        Groups("kind", report.ByKind).Write(console, "By kind of text");
        Groups("tool", report.ByTool.Take(report.Top)).Write(console, report.ByTool.Count > report.Top ? $"By tool (the first {report.Top} of {report.ByTool.Count})" : "By tool");
        Heaviest(report).Write(console, $"The {report.Heaviest.Count} heaviest results");
        Provider(report).Write(console, "The provider's figures beside the model of its cache");
        Breaks(console, report);
        Conversations(report).Write(console, report.Conversations.Count > report.Top ? $"The {report.Top} largest conversations" : "Conversations");
        console.WriteLine();
        foreach (string note in ((string?[])[Wording.Cut(report), .. Wording.Notes(report)]).OfType<string>())
            Prose(console, note, Decoration.Dim);
    }

    /// <summary>Writes words in lines that fit, without blanks at their ends.</summary>
    private static void Prose(IAnsiConsole console, string text, Decoration decoration)
    {
        var line = new System.Text.StringBuilder();
        int width = 0;
        foreach (string word in text.Split(' '))
        {
            int length = word.GetCellWidth();
            if (width > 0 && width + 1 + length > console.Profile.Width)
            {
                line.Append('\n');
                width = 0;
            }

            if (width > 0) line.Append(' ');
            line.Append(word);
            width += length + (width > 0 ? 1 : 0);
        }

        console.Write(new Paragraph(line.Append('\n').ToString(), new Style(decoration: decoration)));
    }

    private static ReportTable Totals(AuditReport report)
    {
        var table = new ReportTable(new ReportColumn("", ColumnText.Name), new ReportColumn("without"), new ReportColumn("Headroom"), new ReportColumn("saved"), new ReportColumn("", ColumnText.Remark, Rank: 1));
        LedgerFigures figures = report.Figures;
        Balance("whole wire", figures.WholeWire, "every text token of every request");
        Balance("new input", figures.NewInput, "what no earlier request began with");
        Balance("touched results", figures.TouchedItems, "results that were changed, each once");
        Tokens("cache reads", figures.CacheWithout.CachedRead, figures.CacheSent.CachedRead);
        Tokens("cache writes", figures.CacheWithout.Written, figures.CacheSent.Written);
        Tokens("not cached", figures.CacheWithout.Uncached, figures.CacheSent.Uncached);
        foreach (AuditCost cost in ((AuditCost?[])[report.Priced, report.Unpriced]).OfType<AuditCost>())
        {
            table.Add(
                report is { Priced: not null, Unpriced: not null } ? $"cost of {Figure.Count(cost.IsPriced ? report.PricedConversations : report.Conversations.Count - report.PricedConversations)}" : "cost", Figure.Cost(cost.Without, cost.IsPriced), Figure.Cost(cost.Sent, cost.IsPriced), ReportCell.Saving(cost.NetShare),
                $"{Figure.CostUnit(cost.IsPriced)}, output of {Figure.Cost(cost.Output, cost.IsPriced)} included");
        }

        return table;

        void Balance(string name, TokenBalance balance, string meaning) => table.Add(name, balance.Before, balance.Sent, ReportCell.Saving(balance.NetShare), meaning);
        void Tokens(string name, long without, long sent) => table.Add("  " + name, without, sent, "", name == "cache reads" ? "of the whole wire, as modelled" : "");
    }

    private static ReportTable Groups(string of, IEnumerable<ItemGroup> groups)
    {
        var table = new ReportTable(
            new ReportColumn(of, ColumnText.Name), new ReportColumn("results"), new ReportColumn("tokens"), new ReportColumn("Headroom", Rank: 3), new ReportColumn("saved"),
            new ReportColumn("saved on the wire", Rank: 1), new ReportColumn("cut"), new ReportColumn("needed again", Rank: 2), new ReportColumn("", ColumnText.Remark, Rank: 4));
        List<ItemGroup> all = [.. groups];
        long most = all.Count > 0 ? Math.Max(1, all.Max(g => g.WireSaved)) : 1;
        foreach (ItemGroup g in all)
        {
            table.Add(
                g.Name, g.Results, g.Before, g.After, ReportCell.Saving(Figure.Saved(g.Before, g.After)), g.WireSaved,
                g.Cut > 0 ? Figure.Count(g.Cut) : "-", g.Cut > 0 ? Figure.Count(g.NeededAgain) : "-", new ReportCell(Bar(g.WireSaved, most), Color.Green));
        }

        return table;
    }

    private static ReportTable Heaviest(AuditReport report)
    {
        var table = new ReportTable(
            new ReportColumn("tool", ColumnText.Name), new ReportColumn("kind", ColumnText.Name), new ReportColumn("tokens"), new ReportColumn("sent", Rank: 2), new ReportColumn("in all"),
            new ReportColumn("Headroom", Rank: 1), new ReportColumn("saved"), new ReportColumn("conversation", ColumnText.Name, Rank: 3), new ReportColumn("line", Rank: 4));
        foreach (ReportedItem i in report.Heaviest)
        {
            AuditedItem item = i.Item;
            table.Add(
                item.Tool, item.Outcome.Kind, item.Outcome.TokensBefore, Figure.Count(item.TimesSent) + "x", item.WireBefore, item.WireSent,
                ReportCell.Saving(Figure.Saved(item.WireBefore, item.WireSent)), i.In.Title, item.Line);
        }

        return table;
    }

    private static ReportTable Provider(AuditReport report)
    {
        var table = new ReportTable(new ReportColumn("", ColumnText.Name), new ReportColumn("reported"), new ReportColumn("modelled"), new ReportColumn("", ColumnText.Remark, Rank: 1));
        CacheComparison cache = report.Cache;
        if (cache.Requests == 0)
        {
            if (report.Reported.Input > 0) table.Add("input", report.Reported.Input, "-", "as a total only");
            return table;
        }

        table.Add("requests", cache.Requests, "-", $"of {Figure.Count(report.Requests)}: those with reported usage");
        table.Add("input", report.Reported.Input, "-", "in the provider's tokens");
        table.Add("cache reads", cache.Recorded, cache.Modelled, $"error of the model {Figure.Percent(cache.Error)} of the input; {Figure.Percent(cache.MeanApart)} apart in a request");
        table.Add("cache writes", report.Reported.CacheWritten, "-");
        table.Add("output", report.Reported.Output, "-");
        if (report.Priced is { ReportedRequests: > 0 } cost) table.Add("cost", Figure.Cost(cost.Reported, true), Figure.Cost(cost.OfReported, true), "of these requests, at the same prices");
        return table;
    }

    private static void Breaks(IAnsiConsole console, AuditReport report)
    {
        (ReportedConversation In, CacheBreak Found)[] all = [.. report.Conversations.SelectMany(c => c.Audit.Breaks.Select(b => (c, b))).OrderByDescending(b => b.b.LostTokens)];
        var table = new ReportTable(
            new ReportColumn("lost tokens"), new ReportColumn("request"), new ReportColumn("why", ColumnText.Sentence), new ReportColumn("conversation", ColumnText.Name, Rank: 2), new ReportColumn("line", Rank: 1));
        foreach ((ReportedConversation conversation, CacheBreak found) in all.Take(report.Top))
            table.Add(found.LostTokens, found.Request, Wording.Of(found), conversation.Title, found.Line > 0 ? Figure.Count(found.Line) : "");
        table.Write(console, all.Length > report.Top ? $"Where the recorded prompts lost the cache (the first {report.Top} of {all.Length})" : "Where the recorded prompts lost the cache");

        var prompts = new ReportTable(new ReportColumn("conversations"), new ReportColumn("text that differs every time", ColumnText.Sentence));
        foreach (IGrouping<string, VolatilePrompt> same in report.Conversations.SelectMany(c => c.Audit.Volatile).GroupBy(Wording.Of, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(report.Top))
            prompts.Add(same.Count(), same.Key);
        prompts.Write(console, "In tools and system prompts");
    }

    private static ReportTable Conversations(AuditReport report)
    {
        var table = new ReportTable(
            new ReportColumn("conversation", ColumnText.Name), new ReportColumn("requests", Rank: 2), new ReportColumn("whole wire"), new ReportColumn("saved"), new ReportColumn("cost", Rank: 3),
            new ReportColumn("cost saved", Rank: 1), new ReportColumn("cut", Rank: 4), new ReportColumn("breaks", Rank: 5));
        if (report.Conversations.Count < 2) return table;
        foreach (ReportedConversation c in report.Conversations.OrderByDescending(c => c.Audit.Figures.WholeWire.Before).Take(report.Top))
        {
            ConversationAudit audit = c.Audit;
            table.Add(
                c.Title, audit.Turns.Count, audit.Figures.WholeWire.Before, ReportCell.Saving(audit.Figures.WholeWire.NetShare),
                Figure.Cost(audit.Cost.Without, audit.Cost.IsPriced), ReportCell.Saving(audit.Cost.NetShare), audit.Items.Count(i => i.WasCut), audit.Breaks.Count);
        }

        return table;
    }

    private static string Bar(long value, long most) => value <= 0 ? "" : new string('█', (int)Math.Max(1, 16 * value / most));
}
