using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Stats;

/// <summary>One row of figures: the whole, a session, or a kind of tool result.</summary>
internal sealed record StatsRow
{
    /// <summary><c>total</c>, <c>session</c> or <c>kind</c>.</summary>
    public required string Scope { get; init; }

    public string Name { get; init; } = "";

    public string? Model { get; init; }

    /// <summary>Requests; <see langword="null"/> of a kind.</summary>
    public long? Requests { get; init; }

    /// <summary>Tool results, and those of them that became smaller; only of a kind.</summary>
    public long? Items { get; init; }

    public long? Changed { get; init; }

    /// <summary>Tokens without Headroom.</summary>
    public long Before { get; init; }

    /// <summary>Tokens of the same content as sent.</summary>
    public long After { get; init; }

    /// <summary>Tokens as sent, with what Headroom adds.</summary>
    public long Sent { get; init; }

    public long? ReportedInput { get; init; }

    public long? ReportedCachedRead { get; init; }

    public long? ReportedOutput { get; init; }

    public double? DollarsWithout { get; init; }

    public double? DollarsSent { get; init; }
}

/// <summary>What a proxy counted, over one denominator.</summary>
internal sealed record ProxyStats
{
    /// <summary>Version, mode and start of the proxy, in words.</summary>
    public required string Proxy { get; init; }

    /// <summary>What is counted, by whom, in words.</summary>
    public required string Counted { get; init; }

    /// <summary>The whole, the sessions (last used first), the kinds (most saved first).</summary>
    public required IReadOnlyList<StatsRow> Rows { get; init; }

    /// <param name="json">What the proxy answered.</param>
    /// <param name="of">The denominator: <c>whole-wire</c>, <c>new-input</c> or <c>touched-items</c>.</param>
    public static ProxyStats Parse(byte[] json, string of)
    {
        JsonElement root = JsonFields.TryParse(json)!.Value, proxy = root.Object("proxy")!.Value;
        string member = of switch { "new-input" => "newInput", "touched-items" => "touchedItems", _ => "wholeWire" };
        bool isShadow = proxy.IsTrue("shadow");
        string counters = string.Join(", ", root.List("counters").Select(c => c.Text())); // none before the first request
        return new ProxyStats
        {
            Proxy = $"headroom {proxy.Text("version")}, {proxy.Text("mode")}{(isShadow ? ", shadow" : "")}, since {proxy.Moment("started"):yyyy-MM-dd HH:mm:ss} UTC",
            Counted = $"tokens of {of.Replace('-', ' ')}{(counters.Length > 0 ? $", counted by {counters}" : "")}{(isShadow ? "; sent is what would have been" : "")}; dollars modelled with prices of {root.Text("pricesAsOf")}",
            Rows =
            [
                Row("total", "", root.Object("total") ?? default, member),
                .. root.List("sessions").Select(s => Row("session", s.Text("name"), s, member)),
                .. root.List("kinds").Select(Kind),
            ],
        };
    }

    private static StatsRow Row(string scope, string? name, JsonElement figures, string member)
    {
        JsonElement balance = figures.Object(member) ?? default, reported = figures.Object("reported") ?? default;
        JsonElement? dollars = figures.Object("dollars");
        return new StatsRow
        {
            Scope = scope,
            Name = name ?? "",
            Model = figures.Text("model"),
            Requests = figures.Count("requests"),
            Before = balance.Count("before") ?? 0,
            After = balance.Count("after") ?? 0,
            Sent = balance.Count("sent") ?? 0,
            ReportedInput = reported.Count("input"),
            ReportedCachedRead = reported.Count("cachedRead"),
            ReportedOutput = reported.Count("output"),
            DollarsWithout = dollars?.Field("without")?.GetDouble(),
            DollarsSent = dollars?.Field("sent")?.GetDouble(),
        };
    }

    private static StatsRow Kind(JsonElement kind) => new()
    {
        Scope = "kind",
        Name = kind.Text("kind") ?? "",
        Items = kind.Count("items"),
        Changed = kind.Count("changed"),
        Before = kind.Count("before") ?? 0,
        After = kind.Count("after") ?? 0,
        Sent = kind.Count("after") ?? 0,
    };
}
