using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Headroom.Economics;

/// <summary>Prices of models by id, as data with a date: prices move monthly, so they are never code.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class PriceTable
{
    private const string Resource = "Headroom.Economics.prices.json";

    private static readonly Lazy<PriceTable> Shipped = new(ReadShipped);

    private readonly Dictionary<string, ModelPrices> _models;

    private PriceTable(DateOnly asOf, Dictionary<string, ModelPrices> models) => (AsOf, _models) = (asOf, models);

    /// <summary>The table shipped with this version. It ages; <see cref="AsOf"/> says how old it is.</summary>
    public static PriceTable Default => Shipped.Value;

    /// <summary>The day the prices were read from the providers' pages.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Ids of the models in the table, sorted.</summary>
    public IReadOnlyList<string> Models => [.. _models.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a table in the format of <c>src/Headroom.Core/Economics/prices.json</c>.</summary>
    /// <param name="json">A JSON object with <c>asOf</c> (<c>yyyy-MM-dd</c>) and <c>models</c>, each with <c>input</c>, <c>cacheWrite</c>, <c>cacheRead</c> and <c>output</c> in US dollars per million tokens.</param>
    /// <exception cref="FormatException">The text is not such a table; the message names the field.</exception>
    public static PriceTable Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("The price table must be a JSON object with \"asOf\" and \"models\".");
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new FormatException("The price table is not valid JSON: " + error.Message, error);
        }
    }

    /// <summary>The prices of a model: of its exact id, else of the longest id in the table that begins it (dated ids begin with the plain one).</summary>
    /// <param name="model">A model id as the provider spells it, such as <c>claude-sonnet-5-20260801</c>; a provider prefix up to the last <c>/</c> is ignored.</param>
    /// <param name="prices">The prices.</param>
    public bool TryFind(string? model, [NotNullWhen(true)] out ModelPrices? prices)
    {
        prices = null;
        if (string.IsNullOrEmpty(model)) return false;
        string id = model[(model.LastIndexOf('/') + 1)..].ToLowerInvariant();
        string? best = null;
        foreach (string known in _models.Keys)
        {
            bool begins = id.StartsWith(known, StringComparison.Ordinal) && (id.Length == known.Length || id[known.Length] is '-' or '@' or ':');
            if (begins && known.Length > (best?.Length ?? 0)) best = known;
        }

        return best is not null && _models.TryGetValue(best, out prices);
    }

    /// <summary>This table with the models of <paramref name="other"/> in place of, or beside, its own.</summary>
    public PriceTable With(PriceTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Dictionary<string, ModelPrices> models = new(_models, StringComparer.Ordinal);
        foreach ((string id, ModelPrices prices) in other._models) models[id] = prices;
        return new PriceTable(other.AsOf, models);
    }

    private static PriceTable Read(JsonElement root)
    {
        if (!root.TryGetProperty("asOf", out JsonElement day) || day.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(day.GetString(), "yyyy-MM-dd", out DateOnly asOf))
            throw new FormatException("The price table has no \"asOf\" day such as \"2026-10-27\".");
        if (!root.TryGetProperty("models", out JsonElement list) || list.ValueKind != JsonValueKind.Object)
            throw new FormatException("The price table has no \"models\" object.");
        Dictionary<string, ModelPrices> models = new(StringComparer.Ordinal);
        foreach (JsonProperty model in list.EnumerateObject())
        {
            if (model.Value.ValueKind != JsonValueKind.Object) throw new FormatException($"Model \"{model.Name}\" must be an object of prices.");
            var prices = new ModelPrices(Price(model, "input"), Price(model, "cacheWrite"), Price(model, "cacheRead"), Price(model, "output"));
            if (!prices.IsUsable) throw new FormatException($"Model \"{model.Name}\": input must be above zero and no price negative.");
            models[model.Name.ToLowerInvariant()] = prices;
        }

        return new PriceTable(asOf, models);
    }

    private static double Price(JsonProperty model, string name) =>
        model.Value.TryGetProperty(name, out JsonElement price) && price.ValueKind == JsonValueKind.Number && price.TryGetDouble(out double dollars)
            ? dollars
            : throw new FormatException($"Model \"{model.Name}\" has no number \"{name}\".");

    private static PriceTable ReadShipped()
    {
        using Stream stream = typeof(PriceTable).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
