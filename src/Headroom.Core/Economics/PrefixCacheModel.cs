namespace Headroom.Economics;

/// <summary>Replays conversations against the rules of a provider's prompt cache: what each request reads from it, writes to it, and costs.</summary>
/// <remarks>
/// A model, not a bill: it knows nothing of other conversations, and matches block by block. Pure; linear in the blocks of the requests. The formulas
/// are in <c>docs/ledger.md</c>.
/// </remarks>
public sealed class PrefixCacheModel
{
    private readonly CacheRules _rules;
    private readonly ModelPrices _prices;

    /// <summary>Creates a model.</summary>
    /// <param name="rules">How the cache works.</param>
    /// <param name="prices">What the tokens cost.</param>
    /// <exception cref="ArgumentException">A rule or price is out of range.</exception>
    public PrefixCacheModel(CacheRules rules, ModelPrices prices)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(prices);
        rules.Validate();
        if (!prices.IsUsable) throw new ArgumentException("The price of input must be above zero and no price negative.", nameof(prices));
        (_rules, _prices) = (rules, prices);
    }

    /// <summary>Replays one conversation from an empty cache.</summary>
    /// <param name="requests">Its requests, oldest first.</param>
    /// <returns>One result a request, in order.</returns>
    /// <exception cref="ArgumentException">A request has more breakpoints than the rules allow, or one outside its blocks: a provider would refuse it.</exception>
    public IReadOnlyList<ReplayedRequest> Replay(IEnumerable<PromptRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var cache = new PrefixCache(_rules);
        List<ReplayedRequest> replayed = [];
        foreach (PromptRequest request in requests)
        {
            CacheWalk walk = cache.Next(request.Blocks, request.At, request.Breakpoints);
            replayed.Add(new ReplayedRequest(walk.Usage, Cost(walk.Usage, request.OutputTokens, _prices, walk.IsLong ? _rules.LongPrompt : null), walk.IsLong));
        }

        return replayed;
    }

    /// <summary>What tokens cost, in the unit of the prices times a million.</summary>
    internal static double Cost(CacheUsage usage, long output, ModelPrices prices, LongPromptRule? cliff)
    {
        double input = usage.CachedRead * prices.CacheRead + usage.Written * prices.CacheWrite + usage.Uncached * prices.Input;
        return (input * (cliff?.InputMultiplier ?? 1) + output * prices.Output * (cliff?.OutputMultiplier ?? 1)) / 1_000_000;
    }
}
