namespace Headroom.Economics;

/// <summary>Adds up the blocks of a request. Pure.</summary>
internal static class LedgerCounting
{
    /// <summary>The blocks behind the first so many on either side.</summary>
    public static TokenBalance Balance(LedgerEntry entry, int knownWithout, int knownSent)
    {
        long before = 0, after = 0, tool = 0, markers = 0, retrieval = 0;
        for (int i = 0; i < entry.Blocks.Count; i++)
        {
            LedgerBlock block = entry.Blocks[i];
            if (i >= knownWithout && !entry.IsRetrievalRound) before += block.Without.Tokens;
            if (i < knownSent) continue;
            if (entry.IsRetrievalRound || block.Kind == LedgerBlockKind.Retrieval) retrieval += block.Sent.Tokens;
            else if (block.Kind == LedgerBlockKind.ToolDeclaration) tool += block.Sent.Tokens;
            else
            {
                after += block.Sent.Tokens - block.MarkerTokens;
                markers += block.MarkerTokens;
            }
        }

        return new TokenBalance(before, after, new LedgerOverhead(tool, markers, retrieval));
    }

    /// <summary>The items that were changed, where they are new.</summary>
    public static TokenBalance Touched(LedgerEntry entry, int known)
    {
        long before = 0, after = 0, markers = 0;
        for (int i = entry.IsRetrievalRound ? entry.Blocks.Count : known; i < entry.Blocks.Count; i++)
        {
            LedgerBlock block = entry.Blocks[i];
            if (block.Kind != LedgerBlockKind.Item || block.Sent.Hash == block.Without.Hash) continue;
            before += block.Without.Tokens;
            after += block.Sent.Tokens - block.MarkerTokens;
            markers += block.MarkerTokens;
        }

        return new TokenBalance(before, after, new LedgerOverhead(0, markers, 0));
    }
}
