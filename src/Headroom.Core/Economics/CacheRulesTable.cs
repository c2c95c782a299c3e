using System.Text.Json;

namespace Headroom.Economics;

/// <summary>The shipped cache rules, by how a model's id begins.</summary>
internal sealed class CacheRulesTable
{
    private const string Resource = "Headroom.Economics.cache-rules.json";

    /// <summary>What nearly all providers share; nothing is known of how long such a model's entries live.</summary>
    private static readonly CacheRules Unknown = new();

    private static readonly Lazy<CacheRulesTable> s_shipped = new(Read);

    private readonly List<(string Begin, CacheRules Rules)> _models = [];

    public static CacheRulesTable Shipped => s_shipped.Value;

    public DateOnly AsOf { get; private init; }

    /// <summary>The rules of the longest begin of <paramref name="model"/> in the table.</summary>
    public CacheRules Find(string? model)
    {
        if (string.IsNullOrEmpty(model)) return Unknown;
        ReadOnlySpan<char> id = model.AsSpan(model.LastIndexOf('/') + 1);
        (string Begin, CacheRules Rules) best = ("", Unknown);
        foreach ((string Begin, CacheRules Rules) known in _models)
        {
            if (known.Begin.Length > best.Begin.Length && id.StartsWith(known.Begin, StringComparison.OrdinalIgnoreCase)) best = known;
        }

        return best.Rules;
    }

    private static CacheRulesTable Read()
    {
        using Stream stream = typeof(CacheRulesTable).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using JsonDocument document = JsonDocument.Parse(stream);
        var table = new CacheRulesTable { AsOf = DateOnly.ParseExact(document.RootElement.GetProperty("asOf").GetString()!, "yyyy-MM-dd") };
        foreach (JsonProperty model in document.RootElement.GetProperty("models").EnumerateObject()) table._models.Add((model.Name, RulesOf(model.Value)));
        return table;
    }

    private static CacheRules RulesOf(JsonElement model)
    {
        var rules = new CacheRules
        {
            MinimumTokens = model.GetProperty("minimum").GetInt32(),
            Increment = model.TryGetProperty("increment", out JsonElement increment) ? increment.GetInt32() : 1,
            Lifetime = model.TryGetProperty("minutes", out JsonElement minutes) ? TimeSpan.FromMinutes(minutes.GetInt32()) : null,
            Breakpoints = model.TryGetProperty("breakpoints", out JsonElement breakpoints) ? new BreakpointRule(breakpoints.GetInt32(), model.GetProperty("lookBack").GetInt32()) : null,
            LongPrompt = model.TryGetProperty("above", out JsonElement above)
                ? new LongPromptRule(above.GetInt32(), model.GetProperty("input").GetDouble(), model.GetProperty("output").GetDouble())
                : null,
        };
        rules.Validate();
        return rules;
    }
}
