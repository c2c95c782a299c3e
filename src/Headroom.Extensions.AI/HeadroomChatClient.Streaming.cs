using System.Diagnostics;
using System.Runtime.CompilerServices;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Ledger;
using Headroom.Extensions.AI.Tools;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI;

public sealed partial class HeadroomChatClient
{
    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (_innerClientCompresses)
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
                yield return update;
            yield break;
        }

        PreparedRequest request = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        bool isInvokedInside = InvokesFunctionsInside();
        for (int round = 1; ; round++)
        {
            List<ChatResponseUpdate> updates = [];
            var turn = new RetrievalTurn();
            string? conversation = null, model = null;
            UsageDetails? usage = null;
            bool isWithReader = false;
            Activity? activity = HeadroomTelemetry.StartRequest(RequestModel(request.Options));
            request.Account?.Sending();
            try
            {
                await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(WithBreakpoints(request), request.Options, cancellationToken).ConfigureAwait(false))
                {
                    conversation = update.ConversationId ?? conversation;
                    model = update.ModelId ?? model;
                    usage = ReportedCounts.Add(usage, update.Contents);
                    if (request.Session is not null || request.Account is not null) turn.Read(update.Contents);
                    if (request.Session is not null)
                    {
                        updates.Add(update);
                        if (!isInvokedInside) turn.MarkHandled(); // so that nobody who reads the stream as it comes runs the call
                    }

                    isWithReader = true;
                    yield return update;
                    isWithReader = false;
                }

                isWithReader = true;
            }
            finally
            {
                // A reader who stops early has used the model all the same; a stream that failed has not.
                if (isWithReader) Report(activity, request, round, usage, model, turn);
                activity?.Dispose();
            }

            if (round == 1) await SettleAsync(request, conversation, cancellationToken).ConfigureAwait(false);
            if (request.Session is null || turn.Calls.Count == 0) yield break;

            ChatMessage answers = await AnswerAsync(request.Session, turn.Calls, round, cancellationToken).ConfigureAwait(false);
            yield return new ChatResponseUpdate(answers.Role, answers.Contents)
            {
                MessageId = answers.MessageId,
                ResponseId = updates[^1].ResponseId,
                ConversationId = conversation,
                ModelId = updates[^1].ModelId,
            };
            if (IsLast(turn, round))
            {
                if (conversation is not null) _pendingAnswers.Add(conversation, answers);
                yield break;
            }

            request = request.Next(updates.ToChatResponse(), answers);
        }
    }
}
