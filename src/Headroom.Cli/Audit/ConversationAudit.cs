using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>What a replayed conversation comes to. Holds counts and names, no content.</summary>
internal sealed record ConversationAudit
{
    public required string Name { get; init; }

    /// <summary>The models asked, in order; empty where the transcript names none.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Counted tokens, as the ledger sums them up.</summary>
    public required LedgerFigures Figures { get; init; }

    public required AuditCost Cost { get; init; }

    /// <summary>Tokens of output: reported, else counted.</summary>
    public required long Output { get; init; }

    /// <summary>What providers reported over the requests that have usage; for the whole conversation where only that is recorded.</summary>
    public required ReportedUsage Reported { get; init; }

    public required CacheComparison Cache { get; init; }

    public required UsageFit Fit { get; init; }

    /// <summary>Whether the model could have fetched back what is left out: without it nothing is.</summary>
    public required bool CanRetrieve { get; init; }

    public required IReadOnlyList<AuditedTurn> Turns { get; init; }

    public required IReadOnlyList<AuditedItem> Items { get; init; }

    public required IReadOnlyList<CacheBreak> Breaks { get; init; }

    public required IReadOnlyList<VolatilePrompt> Volatile { get; init; }
}
