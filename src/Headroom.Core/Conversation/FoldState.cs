namespace Headroom.Conversation;

/// <summary>What the fold knows before an item: everything an outcome may depend on besides the item itself.</summary>
/// <remarks>Immutable. Block references and the context budget add their state here.</remarks>
internal sealed record FoldState
{
    public static FoldState Start { get; } = new();

    /// <summary>The last text of the user, or empty.</summary>
    public string LastUserText { get; init; } = "";

    /// <summary>Joins an item with what precedes it.</summary>
    public PreparedItem Prepare(ContextItem item) => new(item, item.Question ?? LastUserText);

    /// <summary>The state after an item.</summary>
    public FoldState After(ContextItem item) => item.Role == ItemRole.User ? this with { LastUserText = item.Text } : this;
}
