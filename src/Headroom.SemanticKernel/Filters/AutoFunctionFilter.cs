using Headroom.Economics;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Ledger;
using Headroom.SemanticKernel.Conversations;
using Headroom.SemanticKernel.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using FunctionResultContent = Microsoft.Extensions.AI.FunctionResultContent;

namespace Headroom.SemanticKernel.Filters;

/// <summary>Compresses the results of functions a model calls, before the model or the history sees them.</summary>
/// <remarks>
/// What is sent is what a <c>HeadroomChatClient</c> between the loop and the model would send: the same fold over the same conversation. It is decided
/// once, at birth, and stands in the history from then on. Thread-safe; no failure of ours fails a function.
/// </remarks>
internal sealed class AutoFunctionFilter(ConversationCompressor compressor, HeadroomKernelOptions options, IHeadroomLedger? ledger, ILogger logger) : IAutoFunctionInvocationFilter
{
    private readonly BornResults _born = BornResults.Of(compressor);
    private readonly ConversationFold _fold = new(compressor, logger);
    private readonly TokenMemo _tokens = new(compressor.Tokens);
    private readonly ConversationKeys _keys = new(new TextNames());

    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        ConversationAtHand.Current = new ConversationAtHand(_born, () => MessagesOf(context)); // ends with this method, as all async locals do
        BornTurn turn = _born.Turn(IsConnector(context) ? context.ChatMessageContent : context.Messages, context.RequestSequenceIndex);
        IReadOnlyList<(string CallId, object? Result)> before = turn.Before(context.FunctionSequenceIndex);
        try
        {
            await next(context).ConfigureAwait(false);
            if (!RetrievalPlugin.IsOurs(context.Function)) await CompressAsync(context, turn, before).ConfigureAwait(false);
        }
        finally
        {
            if (turn.End(context.FunctionCount) is { Before: > 0 } touched) Record(context, touched);
        }
    }

    /// <summary>Whether an older connector runs the loop: it keeps a history of its own, and tells no tools.</summary>
    private static bool IsConnector(AutoFunctionInvocationContext context) => context.Options?.Tools is not { Count: > 0 };

    private static List<ChatMessage> MessagesOf(AutoFunctionInvocationContext context) =>
        IsConnector(context) ? HistoryMap.Read(context.ChatHistory).Messages : [.. context.Messages];

    private async Task CompressAsync(AutoFunctionInvocationContext context, BornTurn turn, IReadOnlyList<(string CallId, object? Result)> before)
    {
        try
        {
            object? value = context.Result?.GetValue<object>();
            if (value is not null) context.Result = await BearAsync(context, turn, before, value).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The function did its work; a failure of ours must not take its result away (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ResultFailed(logger, e);
            HeadroomTelemetry.Failure("function");
        }
    }

    private async ValueTask<FunctionResult> BearAsync(
        AutoFunctionInvocationContext context, BornTurn turn, IReadOnlyList<(string CallId, object? Result)> before, object value)
    {
        string scope = options.ScopeOf(context.Kernel), callId = context.ToolCallId ?? "";
        List<ChatMessage> messages = MessagesOf(context);
        LedgerGroup group = GroupOf(_keys.Find(scope, messages, context.Options));
        if (group == LedgerGroup.HeldOut) return context.Result;

        object? read = ResultValue.Of(value, IsConnector(context));
        messages.Add(new ChatMessage(ChatRole.Tool, [.. before.Select(b => new FunctionResultContent(b.CallId, b.Result)), new FunctionResultContent(callId, read)]));
        var conversation = new ConversationContext
        {
            CanRetrieve = compressor.MayElide && RetrievalOffer.IsMade(context),
            HoldsOriginals = group == LedgerGroup.Shadow, // which stores nothing, since nothing is left out
            Scope = scope,
        };
        IReadOnlyDictionary<string, ToolPolicy> policies = KernelNames.Policies([.. context.Options?.Tools ?? [], context.Function]);
        FoldedConversation folded = await _fold.FoldAsync(messages, messages.Count - 1, context.Options?.Instructions, policies, conversation, context.CancellationToken).ConfigureAwait(false);
        int message = messages.Count - 1, content = messages[^1].Contents.Count - 1;
        object? result = group == LedgerGroup.Compressed ? ((FunctionResultContent)folded.Messages[message].Contents[content]).Result : value;
        if (result is not null && group == LedgerGroup.Compressed) _born.Add(result, folded.BornAt(message, content, read));
        turn.Add(context.FunctionSequenceIndex, callId, result, Measure(folded, folded.ItemsAt(message, content)));
        return ReferenceEquals(result, value) ? context.Result : new FunctionResult(context.Result, result);
    }

    private LedgerGroup GroupOf(string conversation) =>
        compressor.IsShadow ? LedgerGroup.Shadow : HoldOut.Contains(conversation, compressor.HoldOutShare) ? LedgerGroup.HeldOut : LedgerGroup.Compressed;

    private TokenBalance Measure(FoldedConversation folded, IEnumerable<int> items)
    {
        TokenBalance touched = default;
        foreach (int i in items.Where(i => folded.Places[i].Read.IsSent))
        {
            string inflated = folded.Places[i].Read.InflatedText(folded.Places[i].Part);
            ItemOutcome outcome = folded.Outcomes[i];
            if (ledger is null && !HeadroomTelemetry.CountsItems) continue;
            int without = ReferenceEquals(inflated, folded.Items[i].Text) ? outcome.TokensBefore : compressor.Tokens.Count(inflated);
            HeadroomTelemetry.Item(outcome, without);
            if (string.Equals(inflated, outcome.Text, StringComparison.Ordinal)) continue;
            int markers = _tokens.MarkerTokens(outcome);
            touched += new TokenBalance(without, outcome.TokensAfter - markers, new LedgerOverhead(0, markers, 0));
        }

        return touched;
    }

    /// <summary>Takes down the request whose answer called these functions. A filter sees neither the last request nor what the provider reports.</summary>
    private void Record(AutoFunctionInvocationContext context, TokenBalance touched)
    {
#pragma warning disable CA1031 // A ledger that fails fails no function (law 8).
        try
        {
            string key = _keys.Find(options.ScopeOf(context.Kernel), MessagesOf(context), context.Options);
            ledger?.Record(new LedgerEntry
            {
                Conversation = key,
                Group = GroupOf(key),
                Model = context.Options?.ModelId ?? context.ExecutionSettings?.ModelId,
                Counter = compressor.Tokens.Name,
                IsPartial = true,
                Blocks = [],
                TouchedAtBirth = touched,
            });
        }
        catch (Exception e)
        {
            Log.LedgerFailed(logger, e);
            HeadroomTelemetry.Failure("ledger");
        }
#pragma warning restore CA1031
    }
}
