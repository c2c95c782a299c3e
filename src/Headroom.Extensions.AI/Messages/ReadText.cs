using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A text as it was read. It is looked at by what follows, and sent as it is unless the user marked it.</summary>
internal sealed class ReadText : ReadContent
{
    private readonly bool _isMessagePinned;

    /// <param name="content">The text.</param>
    /// <param name="role">Who wrote it.</param>
    /// <param name="isMessagePinned">Whether the caller pinned the message it stands in.</param>
    public ReadText(TextContent content, ChatRole role, bool isMessagePinned)
    {
        _isMessagePinned = isMessagePinned;
        bool marked = IsToBeSent(content, role == ChatRole.User, out string? query);
        IsSent = marked;
        Items =
        [
            new ContextItem
            {
                Text = content.Text,
                Role = role == ChatRole.User ? ItemRole.User : role == ChatRole.Assistant ? ItemRole.Assistant : role == ChatRole.Tool ? ItemRole.Tool : ItemRole.System,
                IsCompressible = marked,
                IsPinned = !marked,
                Question = query,
            },
        ];
    }

    public override bool IsLike(AIContent content, IReadOnlyDictionary<string, ToolPolicy> policies) =>
        content is TextContent text && string.Equals(text.Text, Items[0].Text, StringComparison.Ordinal)
        && IsToBeSent(text, Items[0].Role == ItemRole.User, out string? query) == IsSent && string.Equals(query, Items[0].Question, StringComparison.Ordinal);

    private bool IsToBeSent(TextContent content, bool isOfUser, out string? query) =>
        CompressibleText.IsMarked(content, out query) && isOfUser && !_isMessagePinned && !PinnedMark.IsSet(content.AdditionalProperties);

    public override AIContent With(AIContent content, ReadOnlySpan<ItemOutcome> outcomes) => ContentCopy.WithText((TextContent)content, outcomes[0].Text);
}
