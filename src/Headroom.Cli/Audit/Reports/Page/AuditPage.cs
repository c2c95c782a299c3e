using System.Reflection;
using Headroom.Economics;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>
/// Writes an audit as one page that needs nothing but itself: no network, no script. It holds counts, and the names of files, tools and models;
/// no text of the conversations.
/// </summary>
internal static class AuditPage
{
    public static string Write(AuditReport report)
    {
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        // A browser that is told so loads nothing and runs nothing, whatever a name in here may try.
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n");
        html.Raw("<title>Headroom audit</title>\n<style>\n").Raw(PageStyle.Css).Raw("\n</style>\n</head>\n<body>\n<main>\n");
        html.Format($"<header><h1>Headroom audit</h1>\n<p>{Wording.Inputs(report)}</p>\n<p class=\"soft\">{Wording.Settings(report)}</p></header>\n");
        html.Format($"{Cards(report)}{Totals(report).Write()}{Kinds(report)}{Heaviest(report)}{PageConversations.Write(report)}{Cache(report)}{Tools(report).Write()}{Files(report)}");
        html.Raw("<h2>How to read this</h2>\n<ul class=\"notes\">\n");
        foreach (string note in ((string?[])[Wording.Cut(report), .. Wording.Notes(report)]).OfType<string>()) html.Format($"<li>{note}</li>\n");
        html.Format($"</ul>\n<footer>This page holds counts, and the names of files, tools, kinds of text and models. It holds no text of the conversations, loads nothing and runs no script. Written by headroom {Version()}.</footer>\n");
        return html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private static Html Cards(AuditReport report)
    {
        LedgerFigures f = report.Figures;
        var html = new Html().Raw("<dl class=\"cards\">\n");
        Card("Whole wire, saved", f.WholeWire.NetShare, $"{Figure.Count(f.WholeWire.Before)} → {Figure.Count(f.WholeWire.Sent)} tokens");
        Card("New input, saved", f.NewInput.NetShare, $"{Figure.Count(f.NewInput.Before)} → {Figure.Count(f.NewInput.Sent)} tokens");
        if ((report.Priced ?? report.Unpriced) is { } cost)
            Card("Cost, saved", cost.NetShare, $"{Figure.Cost(cost.Without, cost.IsPriced)} → {Figure.Cost(cost.Sent, cost.IsPriced)}{(cost.IsPriced ? "" : " tokens at the price of input")}");
        int cut = report.Items.Count(i => i.Item.WasCut);
        html.Format($"<div class=\"card\"><dt>Results cut</dt><dd><span class=\"big\">{Figure.Count(cut)}</span><br>of {Figure.Count(report.Items.Count)}; {Figure.Count(report.Items.Count(i => i.Item.Retrievals > 0))} needed again, by estimate</dd></div>\n");
        return html.Raw("</dl>\n");

        void Card(string name, double? share, string detail)
        {
            string look = share switch { > 0.0005 => "big good", < -0.0005 => "big bad", _ => "big" };
            html.Format($"<div class=\"card\"><dt>{name}</dt><dd><span class=\"{look}\">{Figure.Percent(share)}</span><br>{detail}</dd></div>\n");
        }
    }

    private static HtmlTable Totals(AuditReport report)
    {
        var table = new HtmlTable("Tokens and cost", "", "#without", "#with Headroom", "#saved", "of what");
        LedgerFigures f = report.Figures;
        Balance("whole wire", f.WholeWire, "every text token of every request, the history sent again each time included");
        Balance("new input", f.NewInput, "only what no earlier request of the conversation began with");
        Balance("touched results", f.TouchedItems, "only the results that were changed, each once, as first sent");
        table.Add("cache reads", f.CacheWithout.CachedRead, f.CacheSent.CachedRead, "", "of the whole wire, as modelled");
        table.Add("cache writes", f.CacheWithout.Written, f.CacheSent.Written, "", "as modelled");
        table.Add("not cached", f.CacheWithout.Uncached, f.CacheSent.Uncached, "", "as modelled");
        foreach (AuditCost cost in ((AuditCost?[])[report.Priced, report.Unpriced]).OfType<AuditCost>())
        {
            int conversations = cost.IsPriced ? report.PricedConversations : report.Conversations.Count - report.PricedConversations;
            table.Add(
                "cost", Figure.Cost(cost.Without, cost.IsPriced), Figure.Cost(cost.Sent, cost.IsPriced), Figure.Percent(cost.NetShare),
                $"{Figure.CostUnit(cost.IsPriced)}, {Figure.Of(conversations, "conversation")}; output of {Figure.Cost(cost.Output, cost.IsPriced)} included");
        }

        return table;

        void Balance(string name, TokenBalance balance, string meaning) => table.Add(name, balance.Before, balance.Sent, Figure.Percent(balance.NetShare), meaning);
    }

    private static Html Kinds(AuditReport report)
    {
        var html = new Html();
        if (report.ByKind.Count == 0) return html;
        Bar[] bars = [.. report.ByKind.Take(report.Top).Select(g => new Bar(g.Name, Figure.Of(g.Results, "result"), g.WireBefore, g.WireSent))];
        html.Raw("<h2>Savings by kind of text</h2>\n<figure><figcaption>Tokens of tool results over all requests that sent them. At the end of each bar: what is saved.</figcaption>\n");
        html.Format($"<div class=\"plot\">{BarChart.Draw("kinds", "Savings by kind of text", Describe(bars), bars)}</div>{Legend(("sent", "sent"), ("saved", "saved"))}");
        return html.Format($"<details><summary>The same as a table</summary>{Groups("By kind of text", "kind", report.ByKind).Write()}</details></figure>\n");
    }

    private static Html Heaviest(AuditReport report)
    {
        var html = new Html();
        if (report.Heaviest.Count == 0) return html;
        Bar[] bars = [.. report.Heaviest.Select(i => new Bar(i.Item.Tool, $"{i.Item.Outcome.Kind}, {Figure.Count(i.Item.Outcome.TokensBefore)} tokens, sent {Figure.Count(i.Item.TimesSent)}x", i.Item.WireBefore, i.Item.WireSent))];
        string title = report.Heaviest.Count == 1 ? "The heaviest result" : $"The {report.Heaviest.Count} heaviest results";
        html.Format($"<h2>{title}</h2>\n<figure><figcaption>Tool results by their tokens over all requests that sent them.</figcaption>\n<div class=\"plot\">{BarChart.Draw("heaviest", title, Describe(bars), bars)}</div>{Legend(("sent", "sent"), ("saved", "saved"))}");
        var table = new HtmlTable(title, "tool", "kind", "what became of it", "#tokens", "#with Headroom", "#times sent", "#in all", "#in all with Headroom", "#needed again", "conversation", "#line");
        foreach (ReportedItem i in report.Heaviest)
        {
            AuditedItem item = i.Item;
            string form = Wire.OutcomeJson.NameOf(item.Outcome.Form) + (item.GaveWay ? ", then gave way" : "");
            table.Add(item.Tool, item.Outcome.Kind, form, item.Outcome.TokensBefore, item.Outcome.TokensAfter, item.TimesSent, item.WireBefore, item.WireSent, item.Retrievals, i.In.Title, item.Line);
        }

        return html.Format($"<details><summary>The same as a table</summary>{table.Write()}</details></figure>\n");
    }

    private static HtmlTable Tools(AuditReport report) => Groups("By tool", "tool", report.ByTool);

    private static HtmlTable Groups(string caption, string of, IEnumerable<ItemGroup> groups)
    {
        var table = new HtmlTable(caption, of, "#results", "#tokens", "#with Headroom", "#saved", "#on the wire", "#saved on the wire", "#cut", "#needed again");
        foreach (ItemGroup g in groups) table.Add(g.Name, g.Results, g.Before, g.After, Figure.Percent(Figure.Saved(g.Before, g.After)), g.WireBefore, g.WireSaved, g.Cut, g.NeededAgain);
        return table;
    }

    private static Html Cache(AuditReport report)
    {
        var html = new Html();
        CacheComparison cache = report.Cache;
        var provider = new HtmlTable("The provider's figures beside the model of its cache", "", "#reported", "#modelled", "");
        if (cache.Requests > 0)
        {
            provider.Add("requests", cache.Requests, "", $"of {Figure.Count(report.Requests)}: those with reported usage");
            provider.Add("input", report.Reported.Input, "", "in the provider's tokens");
            provider.Add("cache reads", cache.Recorded, cache.Modelled, $"error of the model: {Figure.Percent(cache.Error)} of the input; {Figure.Percent(cache.MeanApart)} apart in a request");
            provider.Add("cache writes", report.Reported.CacheWritten);
            provider.Add("output", report.Reported.Output);
            if (report.Priced is { ReportedRequests: > 0 } cost) provider.Add("cost", Figure.Cost(cost.Reported, true), Figure.Cost(cost.OfReported, true), "of these requests, at the same prices");
        }

        var breaks = new HtmlTable("Where the recorded prompts lost the cache", "why", "#lost tokens", "#request", "conversation", "#line");
        foreach ((ReportedConversation In, CacheBreak Found) b in report.Conversations.SelectMany(c => c.Audit.Breaks.Select(b => (c, b))).OrderByDescending(b => b.b.LostTokens).Take(10 * report.Top))
            breaks.Add(Wording.Of(b.Found), b.Found.LostTokens, b.Found.Request, b.In.Title, b.Found.Line > 0 ? Figure.Count(b.Found.Line) : "");
        var prompts = new HtmlTable("In tools and system prompts: text that differs every time", "text", "#conversations");
        foreach (IGrouping<string, VolatilePrompt> same in report.Conversations.SelectMany(c => c.Audit.Volatile).GroupBy(Wording.Of, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(report.Top))
            prompts.Add(same.Key, same.Count());
        if (provider.IsEmpty && breaks.IsEmpty && prompts.IsEmpty) return html;
        return html.Format($"<h2>The prompt cache</h2>\n{provider.Write()}{breaks.Write()}{prompts.Write()}");
    }

    private static Html Files(AuditReport report)
    {
        var table = new HtmlTable("Files", "file", "format", "#conversations", "#broken lines", "problem");
        foreach (FileAudit file in report.Files)
            table.Add(file.Name, file.Format is { } format ? Transcripts.TranscriptFormats.NameOf(format) : "", file.Conversations.Count, file.BrokenLines, file.Problem is null ? "" : "could not be read");
        return new Html().Format($"<details><summary>{Figure.Of(report.Files.Count, "file")}</summary>{table.Write()}</details>\n");
    }

    /// <summary>What the colours of a plot stand for.</summary>
    public static Html Legend(params (string Class, string Text)[] entries)
    {
        var html = new Html().Raw("<ul class=\"legend\" aria-hidden=\"true\">");
        foreach ((string kind, string text) in entries) html.Format($"<li><i class=\"{kind}\"></i>{text}</li>");
        return html.Raw("</ul>\n");
    }

    private static string Describe(Bar[] bars) =>
        string.Join("; ", bars.Take(3).Select(b => $"{Figure.Line(b.Label)}: {Figure.Count(b.Before)} without, {Figure.Count(b.Sent)} with Headroom")) + (bars.Length > 3 ? "; and more in the table below." : ".");

    private static string Version() => typeof(AuditPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
