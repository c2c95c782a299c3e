namespace Headroom.Economics;

/// <summary>One request to a model, as the ledger takes it down. Holds counts and hashes, never content.</summary>
public sealed record LedgerEntry
{
    /// <summary>What tells the conversation from others.</summary>
    public required string Conversation { get; init; }

    /// <summary>The whole prompt in the order it is cached in: tools, system prompt, messages.</summary>
    public required IReadOnlyList<LedgerBlock> Blocks { get; init; }

    /// <summary>Where cache breakpoints stand, as indices of <see cref="Blocks"/>: the prefix up to each, that block included, is cached.</summary>
    /// <value>
    /// The default is <see langword="null"/>: not known, and every prefix is taken to be cached. An empty list says that there are none. Heeded only where the model's
    /// <see cref="CacheRules.Breakpoints"/> says that breakpoints mean something, and where a provider would take them: not too many, and none outside the blocks.
    /// </value>
    public IReadOnlyList<int>? Breakpoints { get; init; }

    /// <summary>What Headroom did with the conversation.</summary>
    public LedgerGroup Group { get; init; }

    /// <summary>The model's id, for prices and cache rules; <see langword="null"/> where it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>Name of the counter that counted the tokens.</summary>
    public string Counter { get; init; } = "";

    /// <summary>When the request was sent, counted from any fixed moment; <see langword="null"/> where that is not known.</summary>
    public TimeSpan? At { get; init; }

    /// <summary>Whether this request was made only to answer a retrieval call: without Headroom it would not exist, so all of it is charged.</summary>
    public bool IsRetrievalRound { get; init; }

    /// <summary>Whether the provider was sent more than <see cref="Blocks"/> holds: a service keeps the history, or function calls are run out of sight.</summary>
    public bool IsPartial { get; init; }

    /// <summary>What the provider reported; <see langword="null"/> when it reported nothing.</summary>
    public ReportedUsage? Reported { get; init; }

    /// <summary>Tokens of the retrieval calls in the answer.</summary>
    public int RetrievalCallTokens { get; init; }

    /// <summary>Whether the answer calls for nothing but retrieval, so that its whole output is charged.</summary>
    public bool AsksOnlyForRetrieval { get; init; }

    /// <summary>Tool results changed out of sight of <see cref="Blocks"/>, when their function returned them.</summary>
    public TokenBalance TouchedAtBirth { get; init; }
}
