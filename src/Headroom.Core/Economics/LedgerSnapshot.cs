namespace Headroom.Economics;

/// <summary>The ledger at one moment. Immutable.</summary>
public sealed record LedgerSnapshot
{
    /// <summary>The day the prices were read from the providers' pages.</summary>
    public required DateOnly PricesAsOf { get; init; }

    /// <summary>Names of the counters that counted tokens.</summary>
    public required IReadOnlyList<string> Counters { get; init; }

    /// <summary>All conversations that were compressed.</summary>
    public required LedgerFigures Compressed { get; init; }

    /// <summary>All conversations that were held out.</summary>
    public required LedgerFigures HeldOut { get; init; }

    /// <summary>All conversations that were only measured: "sent" is what would have been sent.</summary>
    public required LedgerFigures Shadow { get; init; }

    /// <summary>Conversations that were compressed and those that were held out, together: all that went over the wire with Headroom switched on.</summary>
    public LedgerFigures Total => Compressed.Add(HeldOut);

    /// <summary>The conversations still remembered one by one, the last used first.</summary>
    public required IReadOnlyList<ConversationFigures> Conversations { get; init; }

    /// <summary>Conversations no longer remembered one by one; they stay in the sums.</summary>
    public required long DroppedConversations { get; init; }
}

/// <summary>One conversation in the ledger.</summary>
/// <param name="Conversation">What tells it from others.</param>
/// <param name="Group">What Headroom did with it.</param>
/// <param name="Model">The model of its last request, where that is known.</param>
/// <param name="Figures">Its figures.</param>
public sealed record ConversationFigures(string Conversation, LedgerGroup Group, string? Model, LedgerFigures Figures);
