using System.Collections;

namespace Headroom.Economics;

/// <summary>The account of one conversation: its sums, and both prompt caches, with and without Headroom. Not thread-safe.</summary>
internal sealed class LedgerAccount(string? model, CacheRules rules)
{
    private readonly PrefixCache _without = new(rules);
    private readonly PrefixCache _sent = new(rules);

    /// <summary>The model the caches belong to.</summary>
    public string? Model => model;

    /// <summary>Prefixes remembered.</summary>
    public int Size => _without.Count + _sent.Count;

    /// <summary>What one more request comes to.</summary>
    public LedgerFigures Add(LedgerEntry entry, ModelPrices? prices)
    {
        IReadOnlyList<int>? breakpoints = entry.Breakpoints is { } given && given.Count <= rules.Breakpoints?.Maximum && given.All(b => b >= 0 && b < entry.Blocks.Count) ? given : null;
        CacheWalk sent = _sent.Next(new Side(entry.Blocks, IsSent: true), entry.At, breakpoints);
        CacheWalk without = entry.IsRetrievalRound ? default : _without.Next(new Side(entry.Blocks, IsSent: false), entry.At, breakpoints);
        long retrievalOutput = entry is { AsksOnlyForRetrieval: true, Reported: { } asked } ? asked.Output : entry.RetrievalCallTokens;
        var figures = new LedgerFigures
        {
            Requests = 1,
            RetrievalRounds = entry.IsRetrievalRound ? 1 : 0,
            PartialRequests = entry.IsPartial ? 1 : 0,
            WholeWire = LedgerCounting.Balance(entry, 0, 0),
            NewInput = LedgerCounting.Balance(entry, without.KnownBlocks, sent.KnownBlocks),
            TouchedItems = LedgerCounting.Touched(entry, without.KnownBlocks) + entry.TouchedAtBirth,
            CacheWithout = entry.IsPartial ? default : without.Usage,
            CacheSent = entry.IsPartial ? default : sent.Usage,
            RetrievalOutput = retrievalOutput,
            ReportedRequests = entry.Reported is null ? 0 : 1,
            Reported = entry.Reported ?? default,
            ReportedRetrieval = entry.Reported is { } reported
                ? (entry.IsRetrievalRound ? reported : default) with { Output = Math.Min(reported.Output, retrievalOutput) }
                : default,
        };
        return prices is null || entry is { IsPartial: true, Reported: null } ? figures : figures with { Money = Money(entry, prices, without, sent, retrievalOutput) };
    }

    private LedgerMoney Money(LedgerEntry entry, ModelPrices prices, CacheWalk without, CacheWalk sent, long retrievalOutput)
    {
        LongPromptRule? Cliff(bool isLong) => isLong ? rules.LongPrompt : null;
        long output = Math.Max(entry.Reported?.Output ?? 0, retrievalOutput);
        double withoutCost = PrefixCacheModel.Cost(without.Usage, output - retrievalOutput, prices, Cliff(without.IsLong));
        double sentCost = PrefixCacheModel.Cost(sent.Usage, output, prices, Cliff(sent.IsLong));
        // What a provider reports is billed by its own count, so the cliff is looked for there too.
        double reportedCost = entry.Reported is not { } reported
            ? 0
            : PrefixCacheModel.Cost(reported.ByOrigin(), reported.Output, prices, Cliff(reported.Input > rules.LongPrompt?.AboveTokens));
        double net = entry.IsPartial ? 0 : withoutCost - sentCost;
        return new LedgerMoney(
            entry.IsPartial ? 0 : 1, entry.IsPartial ? 0 : withoutCost, entry.IsPartial ? 0 : sentCost, net / prices.Input * 1_000_000,
            entry.Reported is null ? 0 : 1, reportedCost);
    }

    /// <summary>The blocks of a request on one side.</summary>
    private sealed record Side(IReadOnlyList<LedgerBlock> Blocks, bool IsSent) : IReadOnlyList<PromptBlock>
    {
        public int Count => Blocks.Count;

        public PromptBlock this[int index] => IsSent ? Blocks[index].Sent : Blocks[index].Without;

        public IEnumerator<PromptBlock> GetEnumerator()
        {
            for (int i = 0; i < Blocks.Count; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
