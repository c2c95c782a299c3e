using Headroom.Extensions.AI.Tools;
using Headroom.Retrieval;
using Headroom.SemanticKernel.Conversations;
using Microsoft.Extensions.AI;

namespace Headroom.SemanticKernel.Retrieval;

/// <summary>The conversation a function is called in, while a loop runs it: what can be redeemed, and what it was.</summary>
internal sealed class ConversationAtHand(BornResults born, Func<IEnumerable<ChatMessage>> messages)
{
    private static readonly AsyncLocal<ConversationAtHand?> s_current = new();

    /// <summary>The conversation at hand; <see langword="null"/> where the host calls functions itself.</summary>
    public static ConversationAtHand? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>The ids that occur in results and in what the user wrote or inserted.</summary>
    public IEnumerable<string> Ids() => messages().SelectMany(m => m.Contents).SelectMany(content => content switch
    {
        FunctionResultContent { Result: string text } => MarkerGrammar.FindIds(text),
        FunctionResultContent { Result: IEnumerable<AIContent> parts } => parts.OfType<TextContent>().SelectMany(p => MarkerGrammar.FindIds(p.Text)),
        TextContent text => MarkerGrammar.FindIds(text.Text),
        _ => (IReadOnlyList<string>)[],
    });

    /// <summary>Gives a session the originals that are still known, so that they cannot expire.</summary>
    public void HoldIn(RetrievalSession session)
    {
        foreach (BornResult result in messages().SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(c => born.Find(c.Result)).OfType<BornResult>())
        {
            for (int i = 0; i < result.Outcomes.Count; i++) session.Hold(result.Outcomes[i], result.Texts[i]);
        }
    }
}
