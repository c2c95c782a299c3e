namespace Headroom.Economics;

/// <summary>What the gate assumes when it weighs a cut against the retrieval it may cause. Part of <see cref="HeadroomOptions"/>.</summary>
/// <remarks>
/// Constants, not measurements of the running conversation: the same item gets the same decision on every machine and after every restart.
/// The formula is in <c>docs/elision.md</c>.
/// </remarks>
public sealed class ElisionGateOptions
{
    /// <summary>The prices to weigh with; only their ratios matter.</summary>
    /// <value>The default is <see cref="ModelPrices.Typical"/>. <see cref="PriceTable"/> knows those of many models.</value>
    public ModelPrices Prices { get; set; } = ModelPrices.Typical;

    /// <summary>Model calls that are still to come after a large result.</summary>
    /// <value>The default is 10: the median after results of over 2,000 tokens in a hundred recorded agent sessions (the quartiles are 6 and 27). Range 0 to 10,000.</value>
    public int TurnsLeft { get; set; } = 10;

    /// <summary>Tokens that stand before the item and are read again by the extra model call of a retrieval.</summary>
    /// <value>The default is 15,000: about what coding agents carry in mid-session, instructions and tools included. Range 0 to 10,000,000.</value>
    public int PrefixTokens { get; set; } = 15_000;

    /// <summary>How often a cut is followed by a retrieval, where <see cref="RetrievalProbabilityByKind"/> does not say otherwise.</summary>
    /// <value>The default is 0.2: in recorded sessions 17 cuts of other results were followed by 4 such steps. Range 0 to 1.</value>
    public double RetrievalProbability { get; set; } = 0.2;

    /// <summary>The same by kind of text, by the name of its compressor. Counts in <see cref="CompressionMode.Balanced"/> only.</summary>
    /// <value>
    /// The default is <c>code</c> 1: in recorded sessions 16 cuts of source files were followed by 17 steps that used something left out. Who chooses
    /// <see cref="CompressionMode.Aggressive"/> wants the room in the context more than the round trip, so there
    /// <see cref="RetrievalProbability"/> counts for all kinds. Range 0 to 1.
    /// </value>
    public IDictionary<string, double> RetrievalProbabilityByKind { get; private set; } = new Dictionary<string, double>(StringComparer.Ordinal) { ["code"] = 1 };

    internal ElisionGateOptions Clone()
    {
        var copy = (ElisionGateOptions)MemberwiseClone();
        copy.RetrievalProbabilityByKind = new Dictionary<string, double>(RetrievalProbabilityByKind, StringComparer.Ordinal);
        return copy;
    }

    internal IEnumerable<string> Errors()
    {
        if (Prices is not { IsUsable: true }) yield return "Gate.Prices: Input must be above zero and no price negative; see ModelPrices.Typical.";
        if (TurnsLeft is < 0 or > 10_000) yield return $"Gate.TurnsLeft: {TurnsLeft} is outside 0 to 10,000.";
        if (PrefixTokens is < 0 or > 10_000_000) yield return $"Gate.PrefixTokens: {PrefixTokens} is outside 0 to 10,000,000.";
        if (RetrievalProbability is not (>= 0 and <= 1)) yield return "Gate.RetrievalProbability: must be from 0 to 1.";
        foreach ((string kind, double probability) in RetrievalProbabilityByKind)
        {
            if (probability is not (>= 0 and <= 1)) yield return $"Gate.RetrievalProbabilityByKind: \"{kind}\" must be from 0 to 1.";
        }
    }
}
