namespace Headroom.Rag;

/// <summary>What a model is given to read of the chunks a retriever found.</summary>
public sealed record RagContext
{
    /// <summary>The text for the model: passages under their citations, in the order given; cut where that was allowed.</summary>
    public required string Text { get; init; }

    /// <summary>All passages, whole, in the order shown.</summary>
    public required IReadOnlyList<RagPassage> Passages { get; init; }

    /// <summary>What became of the text, and why.</summary>
    public required ItemOutcome Outcome { get; init; }

    /// <summary>Tokens of all chunks one after the other, each under its citation: before duplicates were dropped and overlaps merged.</summary>
    public int TokensBefore { get; init; }

    /// <summary>Tokens of <see cref="Text"/>.</summary>
    public int TokensAfter => Outcome.TokensAfter;

    /// <summary>Whether <see cref="Text"/> has more tokens than were asked for. <see cref="Outcome"/> says why nothing was left out, or citations alone take more.</summary>
    public bool IsOverBudget { get; init; }
}
