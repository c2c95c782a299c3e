using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Tools;
using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI;

public sealed partial class HeadroomChatClient
{
    /// <summary>
    /// Whether the caller continues from here. With other calls in the turn the caller runs those, sees ours answered, and comes back with both.
    /// A model that calls once more after the refusal gets its answer, but no further round.
    /// </summary>
    private bool IsLast(RetrievalTurn turn, int round) => turn.HasOtherCalls || round > MaximumRetrievalRounds + 1;

    /// <summary>The results of retrieval calls, as one tool message. The calls are marked as handled.</summary>
    private async ValueTask<ChatMessage> AnswerAsync(
        RetrievalSession session, IReadOnlyList<FunctionCallContent> calls, int round, CancellationToken cancellationToken)
    {
        bool isOverLimit = round > MaximumRetrievalRounds;
        if (isOverLimit) Log.RetrievalLimitReached(_logger, MaximumRetrievalRounds);
        List<AIContent> results = [];
        foreach (FunctionCallContent call in calls)
        {
            call.InformationalOnly = true;
            if (isOverLimit) HeadroomTelemetry.Retrieval("limit");
            string answer = isOverLimit ? Refusal : await session.AnswerAsync(call.Arguments, cancellationToken).ConfigureAwait(false);
            results.Add(new FunctionResultContent(call.CallId, answer));
        }

        // An id of its own keeps the message apart from its neighbours where updates are joined to messages.
        return new ChatMessage(ChatRole.Tool, results) { MessageId = "headroom-" + calls[0].CallId };
    }

    private const string Refusal =
        $"{RetrievalTool.Name} has been called as often as one request allows. Calling it again now will not help; go on with what you have.";
}
