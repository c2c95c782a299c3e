using Headroom.Economics;
using Headroom.Tokens;

namespace Headroom.Cli.Audit;

/// <summary>What a model's provider charges and how its prompt cache works.</summary>
/// <param name="Model">The model's id; <see langword="null"/> where the transcript names none.</param>
/// <param name="Rules">The rules of its cache, in its provider's tokens.</param>
/// <param name="Prices">Its prices; the usual ratios between them where it has none.</param>
/// <param name="IsPriced">Whether the prices are its own, in dollars.</param>
internal sealed record ModelTerms(string? Model, CacheRules Rules, ModelPrices Prices, bool IsPriced)
{
    /// <summary>What a write that lives for an hour costs, in prices of input (Anthropic's page on prompt caching).</summary>
    private const double HourWrite = 2;

    /// <summary>Tokens of the model for one that Headroom counts, where nothing better is known.</summary>
    public double Scale { get; } = (ModelTokenCounters.ForModel(Model) as ScaledTokenCounter)?.Factor ?? 1;

    public static ModelTerms For(string? model, PriceTable prices) =>
        prices.TryFind(model, out ModelPrices? found)
            ? new ModelTerms(model, CacheRules.For(model), found, IsPriced: true)
            : new ModelTerms(model, CacheRules.For(model), ModelPrices.Typical, IsPriced: false);

    /// <summary>The same for clients that ask for cache entries that live for an hour.</summary>
    public ModelTerms WithHourLongEntries() => this with
    {
        Rules = Rules with { Lifetime = TimeSpan.FromHours(1) },
        Prices = Prices with { CacheWrite = HourWrite * Prices.Input },
    };

    /// <summary>The rules for tokens as Headroom counts them.</summary>
    public CacheRules CountedRules(double scale) => Rules with
    {
        MinimumTokens = (int)Math.Ceiling(Rules.MinimumTokens / scale),
        Increment = Math.Max(1, (int)Math.Round(Rules.Increment / scale)),
        LongPrompt = null, // only money depends on it, and that is worked out from the provider's tokens
    };

    /// <summary>What a request costs: dollars, or tokens at the price of input where the model has no price.</summary>
    /// <param name="usage">Its input, in the provider's tokens.</param>
    /// <param name="output">Its output, in the provider's tokens.</param>
    /// <param name="hourWrites">The part of the writes that was to live for an hour, where the prices are those of shorter ones.</param>
    public double Cost(CacheUsage usage, double output, long hourWrites = 0)
    {
        LongPromptRule? cliff = usage.Input > Rules.LongPrompt?.AboveTokens ? Rules.LongPrompt : null;
        double writes = (usage.Written - hourWrites) * Prices.CacheWrite + hourWrites * HourWrite * Prices.Input;
        double input = usage.CachedRead * Prices.CacheRead + writes + usage.Uncached * Prices.Input;
        return (input * (cliff?.InputMultiplier ?? 1) + output * Prices.Output * (cliff?.OutputMultiplier ?? 1)) / (IsPriced ? 1_000_000 : 1);
    }
}
