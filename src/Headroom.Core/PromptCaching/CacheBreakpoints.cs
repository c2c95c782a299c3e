namespace Headroom.PromptCaching;

/// <summary>Chooses where cache breakpoints stand, for providers that write to their cache only there (Anthropic's, Amazon Bedrock's).</summary>
/// <remarks>
/// Such a provider looks back some 20 blocks from a breakpoint for an earlier entry, and a turn with many parallel calls is longer than that. So
/// one breakpoint stands exactly where the request before ended, which can be told from the messages: before the last turn of the model. Pure; the same
/// for every request that holds the same blocks, and linear.
/// </remarks>
public static class CacheBreakpoints
{
    /// <summary>Breakpoints a request may have.</summary>
    public const int Maximum = 4;

    /// <summary>Chooses the blocks to set breakpoints on, besides the caller's.</summary>
    /// <param name="blocks">The prompt in the order it is cached in: tools, system prompt, messages.</param>
    /// <returns>
    /// Indices in order: the end of the system prompt, unless the caller has a breakpoint up to there; where the last two requests ended; where this one
    /// does. None when the caller has one among the messages, and never more than <see cref="Maximum"/> with the caller's.
    /// </returns>
    public static IReadOnlyList<int> Place(ReadOnlySpan<BreakpointSlot> blocks)
    {
        int pinned = 0, own = 0;
        while (pinned < blocks.Length && blocks[pinned].IsPinned) pinned++;
        for (int i = 0; i < blocks.Length; i++)
        {
            if (!blocks[i].IsSet) continue;
            if (i >= pinned) return [];
            own++;
        }

        int end = LastBefore(blocks, blocks.Length, pinned);
        int previous = LastBefore(blocks, TurnBefore(blocks, blocks.Length), pinned);
        int beforeThat = LastBefore(blocks, TurnBefore(blocks, previous + 1), pinned);
        int system = own == 0 ? LastBefore(blocks, pinned, 0) : -1;
        // In the order of what would be missed most.
        SortedSet<int> chosen = [];
        foreach (int at in (ReadOnlySpan<int>)[end, previous, system, beforeThat])
        {
            if (at >= 0 && chosen.Count + own < Maximum) chosen.Add(at);
        }

        return [.. chosen];
    }

    /// <summary>Where the last turn of the model before a place begins; the place itself where there is none.</summary>
    private static int TurnBefore(ReadOnlySpan<BreakpointSlot> blocks, int end)
    {
        int at = end;
        while (at > 0 && !blocks[at - 1].IsOfModel) at--;
        while (at > 0 && blocks[at - 1].IsOfModel) at--;
        return at;
    }

    /// <summary>The last block before <paramref name="end"/>, and not before <paramref name="start"/>, that can hold a breakpoint; -1 where none can.</summary>
    private static int LastBefore(ReadOnlySpan<BreakpointSlot> blocks, int end, int start)
    {
        for (int i = end - 1; i >= start; i--)
        {
            if (blocks[i].CanHold) return i;
        }

        return -1;
    }
}
