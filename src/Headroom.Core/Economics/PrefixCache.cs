using System.Numerics;

namespace Headroom.Economics;

/// <summary>The prompt cache of one conversation as it stands after some requests: every prefix that was sent, and when it was last used.</summary>
/// <remarks>
/// A set of hashes of prefixes, each made from the one before it and the next block: a request that grew by a block costs that
/// block, and branches of a conversation each find what they share. Not thread-safe.
/// </remarks>
internal sealed class PrefixCache(CacheRules rules)
{
    /// <summary>Known, but never cached: it was sent in prompts below the minimum only.</summary>
    private const long NeverCached = long.MinValue;

    private readonly Dictionary<ulong, long> _lastUsed = [];

    /// <summary>Prefixes remembered.</summary>
    public int Count => _lastUsed.Count;

    /// <summary>Sends a request.</summary>
    /// <returns>What came from where, and how many blocks at the beginning were sent before, cached or not.</returns>
    public CacheWalk Next(IReadOnlyList<PromptBlock> blocks, TimeSpan? at)
    {
        ulong prefix = 0;
        int known = 0;
        long cached = 0, total = 0;
        bool isKnown = true, isCached = true;
        foreach (PromptBlock block in blocks) total += block.Tokens;
        bool isCacheable = total >= rules.MinimumTokens;
        long now = at?.Ticks ?? long.MaxValue;
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Tokens > 0)
            {
                prefix = Chain(prefix, blocks[i]);
                isKnown = isKnown && _lastUsed.ContainsKey(prefix);
                isCached = isCached && isKnown && IsAlive(_lastUsed[prefix], now);
                if (isCached) cached += blocks[i].Tokens;
                if (isCacheable) _lastUsed[prefix] = now;
                else _lastUsed.TryAdd(prefix, NeverCached);
            }

            if (isKnown) known = i + 1;
        }

        long read = cached - cached % rules.Increment;
        if (read < rules.MinimumTokens) read = 0;
        long written = isCacheable ? total - total % rules.Increment - read : 0;
        return new CacheWalk(known, new CacheUsage(read, written, total - read - written), rules.LongPrompt is { } rule && total > rule.AboveTokens);
    }

    private bool IsAlive(long lastUsed, long now) =>
        lastUsed != NeverCached && (rules.Lifetime is not { } lifetime || now == long.MaxValue || lastUsed == long.MaxValue || now - lastUsed <= lifetime.Ticks);

    /// <summary>The hash of a prefix and the block behind it. The order counts; the constants are those of splitmix64.</summary>
    private static ulong Chain(ulong prefix, PromptBlock block)
    {
        ulong mixed = BitOperations.RotateLeft(prefix, 29) + block.Hash + 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}

/// <summary>What a cache made of a request.</summary>
/// <param name="KnownBlocks">Blocks at the beginning that an earlier request began with too.</param>
/// <param name="Usage">Where the tokens came from.</param>
/// <param name="IsLong">Whether the prompt is above the cliff.</param>
internal readonly record struct CacheWalk(int KnownBlocks, CacheUsage Usage, bool IsLong);
