using Headroom.Extensions.AI.Messages;
using Microsoft.Extensions.AI;

namespace Headroom.SemanticKernel.Conversations;

/// <summary>What became of a conversation.</summary>
/// <param name="Places">Where each item came from.</param>
/// <param name="Items">The items that were folded.</param>
/// <param name="Outcomes">What became of each.</param>
/// <param name="Messages">The messages to send.</param>
internal sealed record FoldedConversation(ItemPlace[] Places, IReadOnlyList<ContextItem> Items, IReadOnlyList<ItemOutcome> Outcomes, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>The numbers of the items a content was taken apart into.</summary>
    public IEnumerable<int> ItemsAt(int message, int content) => Enumerable.Range(0, Items.Count).Where(i => Places[i].Message == message && Places[i].Content == content);

    /// <summary>A result as it is to be remembered; <paramref name="original"/> is the value it had.</summary>
    public BornResult BornAt(int message, int content, object? original)
    {
        int[] items = [.. ItemsAt(message, content)];
        return new BornResult(original, [.. items.Select(i => Items[i].Text)], [.. items.Select(i => Outcomes[i])]);
    }
}
