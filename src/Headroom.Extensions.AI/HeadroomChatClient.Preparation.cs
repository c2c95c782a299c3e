using System.Diagnostics;
using Headroom.Economics;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Ledger;
using Headroom.Extensions.AI.Messages;
using Headroom.Extensions.AI.Tools;
using Headroom.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI;

public sealed partial class HeadroomChatClient
{
    private bool InvokesFunctionsInside() => InnerClient.GetService<FunctionInvokingChatClient>() is not null;

    /// <summary>What is sent instead of the request handed in. Never throws but for cancellation and what the caller's own messages throw.</summary>
    private async ValueTask<PreparedRequest> PrepareAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ChatMessage[] list = [.. messages];
        Watch(list, options);
        try
        {
            return Help(await CompressAsync(list, options, cancellationToken).ConfigureAwait(false), list, options);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong here, the request is sent as it was handed in (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CompressionFailed(_logger, e);
            HeadroomTelemetry.Failure("request");
            return new PreparedRequest(list, options, null) { IsAsHandedIn = true };
        }
    }

    private async ValueTask<PreparedRequest> CompressAsync(ChatMessage[] messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        string scope = ScopeSelector?.Invoke(options) ?? "";
        string? key = Ledger is null && _compressor.HoldOutShare == 0 ? null : ConversationOf(scope, messages, options);
        LedgerGroup group = GroupOf(key);
        if (group != LedgerGroup.Compressed) return await LeaveAsync(group, scope, key, messages, options, cancellationToken).ConfigureAwait(false);

        using Activity? activity = HeadroomTelemetry.StartCompress();
        bool invokedInside = InvokesFunctionsInside();
        bool mayCut = _compressor.MayElide;
        ConversationMap map = Read(messages, options);

        RetrievalDeclaration declaration = mayCut ? RequestTools.Declaration(options, invokedInside) : RetrievalDeclaration.None;
        if (declaration == RetrievalDeclaration.Impossible && !Interlocked.Exchange(ref _saidToolImpossible, true)) Log.ToolImpossible(_logger);
        // A request without tools keeps what earlier requests of its conversation left out, so that its messages stay the same bytes (law 3).
        bool canRetrieve = declaration == RetrievalDeclaration.Add
            || (declaration == RetrievalDeclaration.None && mayCut && Fingerprint(map) is { } cut && _cutConversations.Contains(scope, cut));
        bool keepsHistory = options?.ConversationId is not null || _serviceKeepsHistory;

        var context = new ConversationContext { CanRetrieve = canRetrieve, HoldsOriginals = !keepsHistory, Scope = scope };
        IReadOnlyList<ItemOutcome> outcomes = await _compressor.CompressAsync(map.Items, context, cancellationToken).ConfigureAwait(false);
        RetrievalSession? session = canRetrieve
            ? new RetrievalSession(_compressor.Store, _compressor.Tokens, scope, _logger)
            {
                FindKnownIds = keepsHistory ? null : () => map.Ids(outcomes),
                FindOriginals = () => map.Originals(outcomes),
            }
            : null;
        if (session is not null && map.Originals(outcomes).Any() && Fingerprint(map) is { } fingerprint) _cutConversations.Add(scope, fingerprint);

        Report(activity, map, outcomes);
        RequestAccount? account = OpenAccount(group, key, options, map, outcomes, declaration);
        List<ChatMessage> sent = map.Rewrite(outcomes);
        ChatMessage? pending = options?.ConversationId is { } conversation ? _pendingAnswers.Find(conversation) : null;
        if (pending is not null) sent.Insert(0, pending);
        ChatOptions? sentOptions = options is { Tools.Count: > 0 } && (invokedInside || declaration == RetrievalDeclaration.Add)
            ? RequestTools.Rewrite(
                options,
                declaration == RetrievalDeclaration.Add ? new RetrieveFunction(session!) : null,
                invokedInside ? Results(context, map, session, account) : null)
            : options;
        return new PreparedRequest(sent, sentOptions, session)
        {
            HoldsOriginals = context.HoldsOriginals,
            Scope = scope,
            Delivers = pending is null ? null : options!.ConversationId,
            Account = account,
            Conversation = key,
        };
    }

    private ConversationMap Read(ChatMessage[] messages, ChatOptions? options) =>
        ConversationMap.Read(messages, options?.Instructions, DeclaredPolicies.OfAll(options?.Tools), _messageMemo, e => Log.ResultUnreadable(_logger, e));

    /// <summary>What tells a conversation from others as long as it lasts: its first user text and first tool call; <see langword="null"/> before the first call.</summary>
    private string? Fingerprint(ConversationMap map) => map.FirstCallId is { } call ? $"{_textNames.Of(map.FirstUserText ?? "")}\n{call}" : null;

    private ResultCompressor Results(ConversationContext context, ConversationMap map, RetrievalSession? session, RequestAccount? account) =>
        // The caller gets these results as they are sent, so nobody but the store keeps their originals.
        new(_compressor, context with { HoldsOriginals = false }, _logger)
        {
            Question = map.LastUserText,
            Observe = (outcome, original) => session?.Hold(outcome, original),
            Account = account is null ? null : (outcome, inflated) =>
            {
                if (!string.Equals(outcome.Text, inflated, StringComparison.Ordinal)) account.Touched(_compressor.Tokens.Count(inflated), outcome, _tokenMemo.MarkerTokens(outcome));
            },
        };

    private void Report(Activity? activity, ConversationMap map, IReadOnlyList<ItemOutcome> outcomes)
    {
        if (activity is null && !HeadroomTelemetry.CountsItems && !_logger.IsEnabled(LogLevel.Debug)) return;
        int items = 0, changed = 0;
        long before = 0, after = 0;
        foreach ((ItemOutcome outcome, string text, string inflated) in map.NewItems(outcomes))
        {
            int tokens = ReferenceEquals(inflated, text) ? outcome.TokensBefore : _compressor.Tokens.Count(inflated);
            HeadroomTelemetry.Item(outcome, tokens);
            items++;
            changed += outcome.TokensAfter < tokens ? 1 : 0;
            before += tokens;
            after += outcome.TokensAfter;
        }

        activity?.SetTag("headroom.items", items).SetTag("headroom.items.changed", changed);
        activity?.SetTag("headroom.tokens.before", before).SetTag("headroom.tokens.after", after);
        Log.Compressed(_logger, changed, items, before, after);
    }

    /// <summary>What follows from a first response: answers that are delivered, and originals nobody else will keep.</summary>
    private async ValueTask SettleAsync(PreparedRequest request, string? conversation, CancellationToken cancellationToken)
    {
        if (request.Delivers is { } delivered) _pendingAnswers.Remove(delivered);
        if (conversation is null) return;
        if (request.Conversation is { } key) _conversationKeys.Add(request.Scope, conversation, key);
        _serviceKeepsHistory = true; // from now on originals go to the store before anything is left out
        if (request is not { HoldsOriginals: true, Session: { } session }) return;
        int lost = 0;
        foreach ((string id, string original) in session.Held())
        {
            if (!await StoreAsync(new OriginalKey(request.Scope, id), original, cancellationToken).ConfigureAwait(false)) lost++;
        }

        if (lost > 0) Log.OriginalsLost(_logger, lost);
    }

    private async ValueTask<bool> StoreAsync(OriginalKey key, string original, CancellationToken cancellationToken)
    {
        try
        {
            return _compressor.Store is { } store && await store.PutAsync(key, original, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A store that fails has not stored (law 8).
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
