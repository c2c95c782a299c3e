namespace Headroom.Conversation;

/// <summary>An item with the question that precedes it.</summary>
internal readonly record struct PreparedItem(ContextItem Item, string Question)
{
    /// <summary>What a compressor may use to judge relevance: the user's question, the tool's name, its arguments.</summary>
    public string FullQuestion => string.Join('\n', new[] { Question, Item.ToolName, Item.Arguments }.Where(s => !string.IsNullOrEmpty(s)));
}
