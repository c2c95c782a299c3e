using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A content of a message as it was read: the items in it, and how to tell another content that says the same.</summary>
/// <remarks>
/// Immutable. It holds nothing of the caller's that can change: contents and messages can be written to between two requests, so that being the same
/// instance says nothing; the texts and JSON values seen through them cannot.
/// </remarks>
internal abstract class ReadContent
{
    /// <summary>The items, in order.</summary>
    public ContextItem[] Items { get; protected init; } = [];

    /// <summary>Whether the items stand in the message as their outcomes say, rather than being only looked at.</summary>
    public bool IsSent { get; protected init; }

    /// <summary>What counts of a content in which no item stands, for the ledger.</summary>
    public string? Text { get; protected init; }

    /// <summary>Characters held, items and text included.</summary>
    public virtual long Characters => Items.Sum(i => (long)i.Text.Length) + (Text?.Length ?? 0);

    /// <summary>The text of an item as an adapter would have sent it.</summary>
    public virtual string InflatedText(int item) => Items[item].Text;

    /// <summary>Whether a content says the same, under these policies of tools.</summary>
    public abstract bool IsLike(AIContent content, IReadOnlyDictionary<string, ToolPolicy> policies);

    /// <summary>A content like this one with its items as they are sent; the same instance when nothing changes.</summary>
    public virtual AIContent With(AIContent content, ReadOnlySpan<ItemOutcome> outcomes) => content;
}

/// <summary>A content that holds no item: reasoning, images, and whatever else there is.</summary>
internal sealed class ReadOther : ReadContent
{
    public ReadOther(AIContent content) => Text = ContentText.Of(content);

    public override bool IsLike(AIContent content, IReadOnlyDictionary<string, ToolPolicy> policies) =>
        content is not (FunctionCallContent or TextContent { Text.Length: > 0 }) && content?.GetType() != typeof(FunctionResultContent)
        && string.Equals(ContentText.Of(content), Text, StringComparison.Ordinal);
}
