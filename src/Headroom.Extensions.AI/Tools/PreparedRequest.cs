using Headroom.Extensions.AI.Ledger;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>What is sent for a request.</summary>
/// <param name="Messages">The messages; a list of our own.</param>
/// <param name="Options">The options; a copy of our own where they differ from the caller's.</param>
/// <param name="Session">Answers retrieval calls; <see langword="null"/> where there is nothing to answer.</param>
internal sealed record PreparedRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, RetrievalSession? Session)
{
    /// <summary>Whether something may be left out of this request whose original only the conversation holds.</summary>
    public bool HoldsOriginals { get; init; }

    /// <summary>Whether the request is to be sent as it was handed in, so that nothing else may change it either.</summary>
    public bool IsAsHandedIn { get; init; }

    /// <summary>The scope of originals.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The conversation whose pending answers this request delivers, if it delivers any.</summary>
    public string? Delivers { get; init; }

    /// <summary>Takes the request down; <see langword="null"/> where there is no ledger.</summary>
    public RequestAccount? Account { get; init; }

    /// <summary>What tells the conversation from others; <see langword="null"/> where nobody wants to know.</summary>
    public string? Conversation { get; init; }

    /// <summary>The request that follows a response and its answered calls: the whole history, or only the answers where the service keeps it.</summary>
    public PreparedRequest Next(ChatResponse response, ChatMessage answers)
    {
        Account?.Continue([.. response.Messages, answers]);
        if (response.ConversationId is not { } conversation)
            return this with { Messages = [.. Messages, .. response.Messages, answers] };
        ChatOptions options = Options?.Clone() ?? new ChatOptions();
        options.ConversationId = conversation;
        options.ContinuationToken = null;
        return this with { Messages = [answers], Options = options };
    }
}
