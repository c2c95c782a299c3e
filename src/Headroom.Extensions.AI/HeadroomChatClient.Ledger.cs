using System.Diagnostics;
using Headroom.Economics;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Ledger;
using Headroom.Extensions.AI.Messages;
using Headroom.Extensions.AI.Tools;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI;

public sealed partial class HeadroomChatClient
{
    private string ConversationOf(string scope, IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        ConversationSelector?.Invoke(options) is { Length: > 0 } name
            ? scope.Length == 0 ? name : $"{scope}/{name}"
            : _conversationKeys.Find(scope, messages, options);

    /// <summary>What is to be done with a conversation. Depends on its key and the settings alone, so it stays the same as long as the conversation lasts (law 3).</summary>
    private LedgerGroup GroupOf(string? key) =>
        _compressor.IsShadow ? LedgerGroup.Shadow
        : key is not null && HoldOut.Contains(key, _compressor.HoldOutShare) ? LedgerGroup.HeldOut
        : LedgerGroup.Compressed;

    /// <summary>The request as it was handed in: the same messages, the same options. In shadow mode the ledger learns what would have been sent.</summary>
    private async ValueTask<PreparedRequest> LeaveAsync(
        LedgerGroup group, string scope, string? key, ChatMessage[] messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var request = new PreparedRequest(messages, options, null) { IsAsHandedIn = true, Scope = scope, Conversation = key };
        if (Ledger is null) return request;
        ConversationMap map = Read(messages, options);
        RetrievalDeclaration declaration = RetrievalDeclaration.None;
        IReadOnlyList<ItemOutcome>? outcomes = null;
        if (group == LedgerGroup.Shadow)
        {
            if (_compressor.MayElide) declaration = RequestTools.Declaration(options, InvokesFunctionsInside());
            // "Holds originals", so that nothing is stored either.
            var context = new ConversationContext { CanRetrieve = declaration == RetrievalDeclaration.Add, HoldsOriginals = true, Scope = scope };
            outcomes = await _compressor.CompressAsync(map.Items, context, cancellationToken).ConfigureAwait(false);
        }

        return request with { Account = OpenAccount(group, key, options, map, outcomes, declaration) };
    }

    private string? RequestModel(ChatOptions? options) => options?.ModelId ?? InnerClient.GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>An account of a request; <see langword="null"/> where there is no ledger, which then costs nothing, or where it fails.</summary>
    private RequestAccount? OpenAccount(
        LedgerGroup group, string? key, ChatOptions? options, ConversationMap map, IReadOnlyList<ItemOutcome>? outcomes, RetrievalDeclaration declaration)
    {
        if (Ledger is not { } ledger || key is null) return null;
#pragma warning disable CA1031 // A ledger that fails fails no request (law 8).
        try
        {
            bool answers = outcomes is not null && _compressor.MayElide && declaration != RetrievalDeclaration.Impossible;
            var entry = new LedgerEntry
            {
                Conversation = key,
                Group = group,
                Model = RequestModel(options),
                Counter = _compressor.Tokens.Name,
                IsPartial = options?.ConversationId is not null,
                Blocks = _promptReader.Read(options?.Tools, map, outcomes, answers && declaration == RetrievalDeclaration.Add, answers),
            };
            return new RequestAccount(ledger, _promptReader, entry, _logger);
        }
        catch (Exception e)
        {
            Log.LedgerFailed(_logger, e);
            HeadroomTelemetry.Failure("ledger");
            return null;
        }
#pragma warning restore CA1031
    }

    private static void Report(Activity? activity, PreparedRequest request, int round, UsageDetails? usage, string? model, RetrievalTurn turn)
    {
        LedgerFigures? figures = request.Account?.Answered(round, usage, model, turn, request.Session is not null);
        HeadroomTelemetry.Answered(activity, usage, model, request.Account?.Group ?? LedgerGroup.Compressed, figures);
    }
}
