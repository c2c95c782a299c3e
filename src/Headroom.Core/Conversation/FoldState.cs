namespace Headroom.Conversation;

/// <summary>What the fold knows before an item: everything an outcome may depend on besides the item itself.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record FoldState
{
    public static FoldState Start { get; } = new();

    /// <summary>The last text of the user, or empty.</summary>
    public string LastUserText { get; init; } = "";

    /// <summary>Tokens of everything sent so far, as far as it is text.</summary>
    public long Tokens { get; init; }

    /// <summary>
    /// Whether what becomes of an item depends on the item alone, and nothing that follows depends on it but for its tokens: system prompts and turns of the
    /// model. Where no window is set it then has no part in the fold, and a system prompt that changes with every request changes nothing else.
    /// </summary>
    public static bool StandsAside(ContextItem item) => item is { Role: ItemRole.System or ItemRole.Assistant, IsCompressible: false, Weight: null };

    /// <summary>Joins an item with what precedes it.</summary>
    public PreparedItem Prepare(ContextItem item) => new(item, item.Question ?? LastUserText);

    /// <summary>The state after an item.</summary>
    public FoldState After(ContextItem item, ItemOutcome outcome) => new()
    {
        LastUserText = item.Role == ItemRole.User ? item.Text : LastUserText,
        Tokens = Tokens + outcome.TokensAfter,
    };
}
