using System.Diagnostics;
using System.Diagnostics.Metrics;

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
    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>("headroom.failures", "{failure}", "Failures of Headroom's own; the original was sent instead.");

    /// <summary>Whether anybody wants to know token counts.</summary>
    public static bool CountsItems => s_items.Enabled || s_before.Enabled || s_after.Enabled;

    public static Activity? StartCompress() => s_source.StartActivity("headroom.compress");

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

    public static void Failure(string stage) => s_failures.Add(1, new KeyValuePair<string, object?>("headroom.stage", stage));

    private static string NameOf(ItemForm form) => form switch
    {
        ItemForm.Reformatted => "reformatted",
        ItemForm.Referenced => "referenced",
        ItemForm.Elided => "elided",
        _ => "unchanged",
    };
}
