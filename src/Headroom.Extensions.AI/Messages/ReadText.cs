using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A text as it was read. It is looked at by what follows, and sent as it is unless the user marked it.</summary>
internal sealed class ReadText : ReadContent
{
    public ReadText(TextContent content, ChatRole role)
    {
        bool marked = CompressibleText.IsMarked(content, out string? query) && role == ChatRole.User;
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
        && (CompressibleText.IsMarked(text, out string? query) && Items[0].Role == ItemRole.User) == IsSent && string.Equals(query, Items[0].Question, StringComparison.Ordinal);

    public override AIContent With(AIContent content, ReadOnlySpan<ItemOutcome> outcomes) => ContentCopy.WithText((TextContent)content, outcomes[0].Text);
}
