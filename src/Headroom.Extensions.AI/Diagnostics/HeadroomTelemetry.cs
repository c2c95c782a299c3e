using System.Diagnostics;
using System.Diagnostics.Metrics;
using Headroom.Economics;
using Headroom.Extensions.AI.Ledger;
using Headroom.Extensions.AI.PromptCaching;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Diagnostics;

/// <summary>The activities and metrics named <c>Headroom</c>. They hold names, counts and reasons, never content.</summary>
internal static class HeadroomTelemetry
{
    public const string Name = "Headroom";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_items = s_meter.CreateCounter<long>("headroom.items", "{item}", "Items the model had not read before, by what became of them.");
    private static readonly Counter<long> s_before = s_meter.CreateCounter<long>("headroom.tokens.before", "{token}", "Tokens of those items as they would have been sent without Headroom.");
    private static readonly Counter<long> s_after = s_meter.CreateCounter<long>("headroom.tokens.after", "{token}", "Tokens of those items as they were sent.");
    private static readonly Counter<long> s_retrievals = s_meter.CreateCounter<long>("headroom.retrievals", "{call}", "Retrieval calls of the model, by what was answered.");
    private static readonly Counter<long> s_breaks = s_meter.CreateCounter<long>("headroom.prompt_cache.breaks", "{request}", "Requests whose beginning is not that of the request before, by what changed.");
    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>("headroom.failures", "{failure}", "Failures of Headroom's own; the original was sent instead.");
    private static readonly Counter<long> s_sent = s_meter.CreateCounter<long>("headroom.ledger.tokens.sent", "{token}", "Input tokens of whole requests as sent, as counted.");
    private static readonly UpDownCounter<long> s_saved = s_meter.CreateUpDownCounter<long>("headroom.ledger.tokens.saved", "{token}", "Input tokens of whole requests saved, overhead and retrieval paid, as counted.");
    private static readonly Counter<long> s_cached = s_meter.CreateCounter<long>("headroom.ledger.tokens.cached", "{token}", "Input tokens read from the prompt cache, as providers report them.");
    private static readonly UpDownCounter<double> s_savedCost = s_meter.CreateUpDownCounter<double>("headroom.ledger.cost.saved", "{token}", "Cost saved, in tokens at the model's price of uncached input; only for models whose prices are known.");

    /// <summary>Whether anybody wants to know token counts.</summary>
    public static bool CountsItems => s_items.Enabled || s_before.Enabled || s_after.Enabled;

    /// <summary>Whether anybody wants to know of broken prefixes.</summary>
    public static bool CountsBreaks => s_breaks.Enabled;

    public static Activity? StartCompress() => s_source.StartActivity("headroom.compress");

    /// <summary>An activity of one request to the model.</summary>
    public static Activity? StartRequest(string? model)
    {
        Activity? activity = s_source.StartActivity("headroom.request");
        if (model is not null) activity?.SetTag("gen_ai.request.model", model);
        return activity;
    }

    /// <summary>What came of a request: the provider's counts under their names in OpenTelemetry's conventions, the ledger's under our own.</summary>
    public static void Answered(Activity? activity, UsageDetails? usage, string? responseModel, LedgerGroup group, LedgerFigures? figures)
    {
        if (activity is not null)
        {
            if (responseModel is not null) activity.SetTag("gen_ai.response.model", responseModel);
            if (usage?.InputTokenCount is { } input) activity.SetTag("gen_ai.usage.input_tokens", input);
            if (usage?.OutputTokenCount is { } output) activity.SetTag("gen_ai.usage.output_tokens", output);
            if (usage?.CachedInputTokenCount is { } cached) activity.SetTag("gen_ai.usage.cache_read.input_tokens", cached);
            if (usage is not null && ReportedCounts.CacheWritten(usage) is { } written) activity.SetTag("gen_ai.usage.cache_creation.input_tokens", written);
        }

        if (figures is null) return;
        activity?.SetTag("headroom.group", NameOf(group)).SetTag("headroom.tokens.sent", figures.WholeWire.Sent).SetTag("headroom.tokens.saved", figures.WholeWire.Net);
        var tag = new KeyValuePair<string, object?>("headroom.group", NameOf(group));
        s_sent.Add(figures.WholeWire.Sent, tag);
        s_saved.Add(figures.WholeWire.Net, tag);
        if (figures.ReportedRequests > 0) s_cached.Add(figures.Reported.CachedRead, tag);
        if (figures.Money is { Requests: > 0 } money) s_savedCost.Add(money.NetInputTokens, tag);
    }

    public static Activity? StartRetrieve()
    {
        Activity? activity = s_source.StartActivity("headroom.retrieve");
        activity?.SetTag("gen_ai.tool.name", Headroom.Retrieval.RetrievalTool.Name);
        return activity;
    }

    public static void Item(ItemOutcome outcome, int tokensBefore)
    {
        var form = new KeyValuePair<string, object?>("headroom.form", NameOf(outcome.Form));
        var kind = new KeyValuePair<string, object?>("headroom.kind", outcome.Kind);
        s_items.Add(1, form, kind, new("headroom.reason", outcome.Reason.ToString()), new("headroom.elision", outcome.Elision.ToString()));
        s_before.Add(tokensBefore, form, kind);
        s_after.Add(outcome.TokensAfter, form, kind);
    }

    public static void Retrieval(string result) => s_retrievals.Add(1, new KeyValuePair<string, object?>("headroom.result", result));

    public static void Broken(WatchedBreak found) => s_breaks.Add(
        1,
        new("headroom.change", found.Break.Change.ToString()),
        new("headroom.volatile", found.Break.Volatile?.ToString()),
        new("headroom.part", found.Break.Kind.ToString()),
        new("headroom.between", found.IsBetweenConversations ? "conversations" : "requests"));

    public static void Failure(string stage) => s_failures.Add(1, new KeyValuePair<string, object?>("headroom.stage", stage));

    private static string NameOf(LedgerGroup group) => group switch
    {
        LedgerGroup.HeldOut => "held_out",
        LedgerGroup.Shadow => "shadow",
        _ => "compressed",
    };

    private static string NameOf(ItemForm form) => form switch
    {
        ItemForm.Reformatted => "reformatted",
        ItemForm.Referenced => "referenced",
        ItemForm.Elided => "elided",
        _ => "unchanged",
    };
}
