using Headroom.Economics;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>What a message came to in the ledger, kept as long as its items have the same outcomes, so that a history sent again is not hashed again.</summary>
/// <param name="Outcomes">The outcomes of its items; <see langword="null"/> when all was sent as handed in.</param>
/// <param name="AnswersRetrieval">Whether calls of the retrieval tool are ours.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record MessageBlocks(ItemOutcome[]? Outcomes, bool AnswersRetrieval, LedgerBlock[] Blocks)
{
    public bool AreFor(IReadOnlyList<ItemOutcome>? outcomes, int first, bool answersRetrieval)
    {
        if (answersRetrieval != AnswersRetrieval || (outcomes is null) != (Outcomes is null)) return false;
        for (int i = 0; i < Outcomes?.Length; i++)
        {
            if (!ReferenceEquals(Outcomes[i], outcomes![first + i])) return false;
        }

        return true;
    }
}
