using Headroom.Cli.Terminals;
using Headroom.Cli.Wire;
using Headroom.PromptCaching;

namespace Headroom.Cli.Audit.Reports;

/// <summary>What the reports for people say, so that the terminal and the page say the same.</summary>
internal static class Wording
{
    /// <summary>Why a cache was lost, in a few words.</summary>
    public static string Of(CacheBreak found) => found.Reason switch
    {
        CacheBreakReason.Compacted => "the agent replaced its history by a summary",
        CacheBreakReason.Branched => "the user went back to an earlier message",
        CacheBreakReason.PrefixChanged => found.Prefix is { } prefix ? prefix.ToString() : "earlier messages are gone",
        CacheBreakReason.ModelChanged => "another model was asked",
        CacheBreakReason.Expired => $"cache entries expired: {Figure.Duration(found.Gap ?? default)} since the request before",
        _ => "the provider read less than it could have" + (found.Gap is { } gap ? $", {Figure.Duration(gap)} after the request before" : ""),
    };

    public static string Of(VolatilePrompt found) => $"{found.Part}, character {Figure.Count(found.Offset)}: {PrefixBreak.NameOf(found.Kind)}";

    /// <summary>What became of a result.</summary>
    public static string Form(AuditedItem item) => OutcomeJson.NameOf(item.Form) + (item.GaveWay ? ", gave way" : "");

    /// <summary>What was replayed and how.</summary>
    public static string Settings(AuditReport report)
    {
        AuditOptions options = report.Options;
        string mode = OutcomeJson.NameOf(options.Mode);
        string retrieval = options.Mode == CompressionMode.Lossless ? "" : options.Retrieval ? ", retrieval possible" : ", no retrieval";
        string window = options.ContextWindow is { } tokens ? $", context window of {Figure.Count(tokens)}" : "";
        string models = report.Models.Count switch
        {
            0 => "",
            <= 3 => ", " + string.Join(", ", report.Models.Select(Figure.Line)),
            _ => $", {report.Models.Count} models",
        };
        return $"{mode} mode{retrieval}{window}{models}";
    }

    public static string Inputs(AuditReport report)
    {
        string files = Figure.Of(report.Files.Count(f => f.Problem is null), "file"), conversations = Figure.Of(report.Conversations.Count, "conversation");
        string broken = report.BrokenLines > 0 ? ", " + Figure.Of(report.BrokenLines, "broken line") : "";
        return $"{files}, {conversations}, {Figure.Of(report.Requests, "request")}, {Figure.Of(report.Items.Count, "tool result")}{broken}";
    }

    /// <summary>What a reader has to know to take the figures for what they are.</summary>
    public static IEnumerable<string> Notes(AuditReport report)
    {
        if (Cut(report) is { } cut) yield return cut;
        yield return "Tokens are counted with o200k_base. The prompt cache is modelled for a client that is set up well; docs/ledger.md says what that leaves out.";
        if (report.Priced is not null)
            yield return $"Prices of {report.Options.Prices.AsOf:yyyy-MM-dd}, in the tokens of each provider; output as reported, else as counted.";
        if (report.Unpriced is not null)
        {
            string which = Figure.Of(report.Conversations.Count - report.PricedConversations, "conversation");
            yield return $"{which} of a model without a price: costs are tokens at the price of input, at the usual ratios (writes 1.25, reads 0.1, output 5). "
                + "Name a model with --model, or bring prices with --prices.";
        }

        if (report.Hidden > 0)
        {
            yield return $"{Figure.Count(report.Hidden)} tokens of the whole wire stand in no transcript (system prompts, tools): "
                + "they are worked out from reported usage and count on both sides.";
        }

        int silent = report.Conversations.Count(c => !c.Audit.Fit.IsFitted), unable = report.Conversations.Count(c => !c.Audit.CanRetrieve);
        if (silent > 0)
        {
            yield return $"{Figure.Of(silent, "conversation")} without reported usage: prompts and tools that the transcript does not hold are not counted, "
                + "so shares of the whole are too high there.";
        }

        if (unable > 0 && report.Options is { Mode: not CompressionMode.Lossless, Retrieval: true })
            yield return $"{Figure.Of(unable, "conversation")} without tool calls: the model could not have called headroom_retrieve, so nothing is cut there.";
    }

    /// <summary>What became of the results that were cut; <see langword="null"/> where none was.</summary>
    private static string? Cut(AuditReport report)
    {
        int cut = report.Items.Count(i => i.Item.WasCut), needed = report.Items.Count(i => i.Item.Retrievals > 0);
        if (cut == 0) return null;
        string retrievals = Figure.Of(report.Items.Sum(i => i.Item.Retrievals), "retrieval");
        return $"{Figure.Of(cut, "result")} would have been cut; by estimate, " + (needed == 0
            ? "no later turn needed what was left out."
            : $"{Figure.Count(needed)} of them would have been needed again ({retrievals}, paid for in all figures).");
    }
}
