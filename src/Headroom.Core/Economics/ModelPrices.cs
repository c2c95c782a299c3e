namespace Headroom.Economics;

/// <summary>What one model charges, in US dollars per million tokens.</summary>
/// <param name="Input">Input tokens that neither came from the prompt cache nor went into it.</param>
/// <param name="CacheWrite">Input tokens written to the prompt cache; the price of <paramref name="Input"/> where a provider writes for free.</param>
/// <param name="CacheRead">Input tokens read from the prompt cache.</param>
/// <param name="Output">Output tokens.</param>
public sealed record ModelPrices(double Input, double CacheWrite, double CacheRead, double Output)
{
    /// <summary>The ratios most models of 2026 share: writes 1.25, reads 0.1 and output 5 times the price of input, which is set to 1.</summary>
    public static ModelPrices Typical { get; } = new(1, 1.25, 0.1, 5);

    internal bool IsUsable => Input > 0 && double.IsFinite(Input) && IsPrice(CacheWrite) && IsPrice(CacheRead) && IsPrice(Output);

    private static bool IsPrice(double price) => price >= 0 && double.IsFinite(price);
}
