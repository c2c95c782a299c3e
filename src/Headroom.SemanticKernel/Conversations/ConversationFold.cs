using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Messages;
using Headroom.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Headroom.SemanticKernel.Conversations;

/// <summary>Folds a conversation part of which was compressed before: those results count as what they were, and stay as they were sent.</summary>
internal sealed class ConversationFold(ConversationCompressor compressor, ILogger logger)
{
    /// <summary>Rounds in which single results that would come out differently are taken as they stand; then all are.</summary>
    private const int MaxRounds = 3;

    private readonly BornResults _born = BornResults.Of(compressor);

    /// <summary>What becomes of a conversation.</summary>
    /// <param name="messages">The messages. Not changed.</param>
    /// <param name="newborn">The message whose last content is the result that was just born, where all before it was sent already; <see langword="null"/> where all may be rewritten.</param>
    /// <param name="instructions">The system text that precedes them, if any.</param>
    /// <param name="policies">What tools say about their own results, by name.</param>
    /// <param name="context">What is known about the conversation.</param>
    /// <param name="cancellationToken">Cancels storing.</param>
    public async ValueTask<FoldedConversation> FoldAsync(
        IReadOnlyList<ChatMessage> messages, int? newborn, string? instructions, IReadOnlyDictionary<string, ToolPolicy> policies, ConversationContext context,
        CancellationToken cancellationToken)
    {
        List<ChatMessage> asBorn = [.. messages];
        Dictionary<(int Message, int Content), BornResult> known = [];
        for (int m = 0; m < asBorn.Count; m++) asBorn[m] = WithOriginals(asBorn[m], m, m == newborn ? asBorn[m].Contents.Count - 1 : asBorn[m].Contents.Count, known);
        ConversationMap map = ConversationMap.Read([.. asBorn], instructions, policies, MessageMemo.Of(compressor), e => Log.ResultUnreadable(logger, e));
        ContextItem[] items = [.. map.Items];
        ItemPlace[] places = map.Places();
        string?[] sent = new string?[items.Length]; // what was sent of an item already, where it was
        for (int i = 0; i < items.Length; i++)
        {
            (int m, int c, int part, _) = places[i];
            if (known.TryGetValue((m, c), out BornResult? born) && part < born.Outcomes.Count) sent[i] = born.Outcomes[part].Text;
            else if (newborn is null ? items[i].Role == ItemRole.Tool && MarkerGrammar.ContainsMarker(items[i].Text) : m < newborn) items[i] = items[i] with { IsPinned = true };
        }

        IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync(items, context, cancellationToken).ConfigureAwait(false);
        for (int round = 1; ; round++)
        {
            int[] different = [.. Enumerable.Range(0, items.Length).Where(i => sent[i] is { } text && !string.Equals(outcomes[i].Text, text, StringComparison.Ordinal))];
            if (different.Length == 0) return new FoldedConversation(places, items, outcomes, map.Rewrite(outcomes));
            for (int i = 0; i < items.Length; i++)
            {
                if (sent[i] is { } text && (round >= MaxRounds || different.Contains(i))) items[i] = items[i] with { Text = text, IsPinned = true };
            }

            outcomes = await compressor.CompressAsync(items, context, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A message with the first contents as they were born. A result just born may be an object that was returned before, so it is not looked up.</summary>
    private ChatMessage WithOriginals(ChatMessage message, int number, int count, Dictionary<(int Message, int Content), BornResult> known)
    {
        List<AIContent>? contents = null;
        for (int c = 0; c < count; c++)
        {
            if (message.Contents[c] is not FunctionResultContent { Exception: null } content || _born.Find(content.Result) is not { } born) continue;
            known.Add((number, c), born);
            if (!ReferenceEquals(born.Original, content.Result)) (contents ??= [.. message.Contents])[c] = ContentCopy.WithResult(content, born.Original);
        }

        return contents is null ? message : ContentCopy.WithContents(message, contents);
    }
}
