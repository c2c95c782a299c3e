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

    private string? RequestModel(ChatOptions? options) => options?.ModelId ?? InnerClient.GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>An account of a request; <see langword="null"/> where there is no ledger, which then costs nothing, or where it fails.</summary>
    private RequestAccount? OpenAccount(
        LedgerGroup group, string scope, ChatMessage[] messages, ChatOptions? options, ConversationMap map, IReadOnlyList<ItemOutcome>? outcomes,
        RetrievalDeclaration declaration)
    {
        if (Ledger is not { } ledger) return null;
#pragma warning disable CA1031 // A ledger that fails fails no request (law 8).
        try
        {
            bool declares = outcomes is not null && declaration == RetrievalDeclaration.Add;
            var entry = new LedgerEntry
            {
                Conversation = ConversationOf(scope, messages, options),
                Group = group,
                Model = RequestModel(options),
                Counter = _compressor.Tokens.Name,
                IsPartial = options?.ConversationId is not null,
                Blocks = _promptReader.Read(messages, options?.Tools, map, outcomes, declares, _compressor.MayElide && declaration != RetrievalDeclaration.Impossible),
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
