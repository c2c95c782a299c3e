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
    public CacheWalk Next(IReadOnlyList<PromptBlock> blocks, TimeSpan? at, IReadOnlyList<int>? breakpoints = null)
    {
        long total = 0;
        foreach (PromptBlock block in blocks) total += block.Tokens;
        long now = at?.Ticks ?? long.MaxValue;
        (int known, long read, long written) = breakpoints is not null && rules.Breakpoints is { } rule
            ? NextAt(blocks, now, breakpoints, rule)
            : NextEverywhere(blocks, now, total);
        return new CacheWalk(known, new CacheUsage(read, written, total - read - written), rules.LongPrompt is { } cliff && total > cliff.AboveTokens);
    }

    /// <summary>Every prefix is cached.</summary>
    private (int Known, long Read, long Written) NextEverywhere(IReadOnlyList<PromptBlock> blocks, long now, long total)
    {
        ulong prefix = 0;
        int known = 0;
        long sent = 0, cached = 0;
        bool isKnown = true, isCacheable = total >= rules.MinimumTokens;
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Tokens > 0)
            {
                prefix = Chain(prefix, blocks[i]);
                isKnown = isKnown && _lastUsed.ContainsKey(prefix);
                sent += blocks[i].Tokens;
                if (isKnown && IsAlive(_lastUsed[prefix], now)) cached = sent; // also behind prefixes that no breakpoint ended
                if (isCacheable) _lastUsed[prefix] = now;
                else _lastUsed.TryAdd(prefix, NeverCached);
            }

            if (isKnown) known = i + 1;
        }

        long read = Readable(cached);
        return (known, read, isCacheable ? total - total % rules.Increment - read : 0);
    }

    /// <summary>Only the prefixes that end at breakpoints are cached, and found only from nearby.</summary>
    private (int Known, long Read, long Written) NextAt(IReadOnlyList<PromptBlock> blocks, long now, IReadOnlyList<int> breakpoints, BreakpointRule rule)
    {
        if (breakpoints.Count > rule.Maximum) throw new ArgumentException($"A request has {breakpoints.Count} breakpoints; {rule.Maximum} are allowed.", nameof(breakpoints));
        List<(ulong Prefix, long Tokens)> prefixes = []; // a block of no tokens is not part of the prompt, nor of the blocks looked back over
        SortedSet<int> at = [];
        HashSet<int> wanted = [.. breakpoints];
        int known = 0;
        bool isKnown = true;
        if (wanted.Any(b => b < 0 || b >= blocks.Count)) throw new ArgumentException("A breakpoint stands outside the blocks.", nameof(breakpoints));
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Tokens > 0)
            {
                (ulong before, long tokens) = prefixes.Count > 0 ? prefixes[^1] : default;
                prefixes.Add((Chain(before, blocks[i]), tokens + blocks[i].Tokens));
                isKnown = isKnown && _lastUsed.ContainsKey(prefixes[^1].Prefix);
            }

            if (isKnown) known = i + 1;
            if (wanted.Contains(i) && prefixes.Count > 0) at.Add(prefixes.Count - 1);
        }

        long read = 0, writable = 0;
        foreach (int end in at)
        {
            for (int p = end; p >= 0 && p > end - rule.LookBackBlocks; p--)
            {
                if (!_lastUsed.TryGetValue(prefixes[p].Prefix, out long lastUsed) || !IsAlive(lastUsed, now)) continue;
                _lastUsed[prefixes[p].Prefix] = now;
                read = Math.Max(read, Readable(prefixes[p].Tokens));
                break;
            }
        }

        foreach ((ulong prefix, _) in prefixes) _lastUsed.TryAdd(prefix, NeverCached);
        foreach ((ulong prefix, long tokens) in at.Select(i => prefixes[i]).Where(p => p.Tokens >= rules.MinimumTokens))
        {
            _lastUsed[prefix] = now;
            writable = tokens - tokens % rules.Increment;
        }

        return (known, read, Math.Max(0, writable - read));
    }

    /// <summary>What is read of so many cached tokens.</summary>
    private long Readable(long cached)
    {
        long read = cached - cached % rules.Increment;
        return read < rules.MinimumTokens ? 0 : read;
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
