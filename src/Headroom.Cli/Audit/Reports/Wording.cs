using Headroom.PromptCaching;

namespace Headroom.Cli.Audit.Reports;

/// <summary>What the reports for people say, so that the table and the page say the same.</summary>
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

    /// <summary>What was replayed and how.</summary>
    public static string Settings(AuditReport report)
    {
        string mode = report.Options.Mode.ToString().ToLowerInvariant();
        string retrieval = report.Options.Mode == CompressionMode.Lossless ? "" : report.Options.Retrieval ? ", retrieval possible" : ", no retrieval";
        string window = report.Options.ContextWindow is { } tokens ? $", context window of {Figure.Count(tokens)}" : "";
        string models = report.Models.Count switch { 0 => "", <= 3 => ", " + string.Join(", ", report.Models.Select(Figure.Line)), _ => $", {report.Models.Count} models" };
        return $"{mode} mode{retrieval}{window}{models}";
    }

    public static string Inputs(AuditReport report)
    {
        int read = report.Files.Count(f => f.Problem is null);
        string broken = report.BrokenLines > 0 ? ", " + Figure.Of(report.BrokenLines, "broken line") : "";
        return $"{Figure.Of(read, "file")}, {Figure.Of(report.Conversations.Count, "conversation")}, {Figure.Of(report.Requests, "request")}, {Figure.Of(report.Items.Count, "tool result")}{broken}";
    }

    /// <summary>What became of the results that were cut; <see langword="null"/> where none was.</summary>
    public static string? Cut(AuditReport report)
    {
        int cut = report.Items.Count(i => i.Item.WasCut), needed = report.Items.Count(i => i.Item.Retrievals > 0), retrievals = report.Items.Sum(i => i.Item.Retrievals);
        if (cut == 0) return null;
        return needed == 0
            ? $"{Figure.Of(cut, "result")} would have been cut; by estimate, no later turn needed what was left out."
            : $"{Figure.Of(cut, "result")} would have been cut; by estimate, {needed} of them would have been needed again ({Figure.Of(retrievals, "retrieval")}, paid for in all figures).";
    }

    /// <summary>What a reader has to know to take the figures for what they are.</summary>
    public static IEnumerable<string> Notes(AuditReport report)
    {
        yield return "Tokens are counted with o200k_base. The prompt cache is modelled for a client that is set up well; what the model leaves out is in docs/ledger.md.";
        if (report.Priced is not null)
            yield return $"Prices of {report.Options.Prices.AsOf:yyyy-MM-dd}, in the tokens of each provider; output as reported or, without reported usage, as counted.";
        if (report.Unpriced is not null)
            yield return $"{Figure.Of(report.Conversations.Count - report.PricedConversations, "conversation")} of a model without a price: costs are given in tokens at the price of input, at the usual ratios (writes 1.25, reads 0.1, output 5). Name a model with --model, or bring prices with --prices.";
        if (report.Hidden > 0)
            yield return $"{Figure.Count(report.Hidden)} tokens of the whole wire stand in no transcript (system prompts, tools): they are worked out from reported usage and count on both sides.";
        if (report.ConversationsWithUsage < report.Conversations.Count)
            yield return $"{Figure.Of(report.Conversations.Count - report.ConversationsWithUsage, "conversation")} without reported usage: prompts and tools that the transcript does not hold are not counted, so shares of the whole are too high there.";
        int unable = report.Conversations.Count(c => !c.Audit.CanRetrieve);
        if (unable > 0 && report.Options is { Mode: not CompressionMode.Lossless, Retrieval: true })
            yield return $"{Figure.Of(unable, "conversation")} without tool calls: the model could not have called headroom_retrieve, so nothing is cut there.";
    }
}
