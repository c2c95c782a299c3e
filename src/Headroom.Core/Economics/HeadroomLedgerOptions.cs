namespace Headroom.Economics;

/// <summary>Settings of <see cref="InMemoryHeadroomLedger"/>.</summary>
public sealed class HeadroomLedgerOptions
{
    /// <summary>What models charge. A model that is not in it gets tokens only.</summary>
    /// <value>The default is <see cref="PriceTable.Default"/>.</value>
    public PriceTable Prices { get; set; } = PriceTable.Default;

    /// <summary>Says how the prompt cache of a model works, by the model's id.</summary>
    /// <value>The default is <see cref="CacheRules.For"/>.</value>
    public Func<string?, CacheRules> CacheRulesOf { get; set; } = CacheRules.For;

    /// <summary>Conversations remembered one by one; those idle for longest are dropped first, and stay in the sums.</summary>
    /// <value>The default is 1,000: some 20 MB when each has a few hundred messages. Range 1 to 1,000,000.</value>
    public int MaxConversations { get; set; } = 1_000;

    internal HeadroomLedgerOptions Clone()
    {
        var copy = (HeadroomLedgerOptions)MemberwiseClone();
        if (copy.Prices is null) throw new ArgumentException("Ledger options are invalid: Prices must not be null.");
        if (copy.CacheRulesOf is null) throw new ArgumentException("Ledger options are invalid: CacheRulesOf must not be null.");
        if (copy.MaxConversations is < 1 or > 1_000_000) throw new ArgumentException($"Ledger options are invalid: MaxConversations: {copy.MaxConversations} is outside 1 to 1,000,000.");
        return copy;
    }
}
