using System.Diagnostics;
using Headroom.Economics;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>Takes one request of a caller, with the rounds of retrieval it leads to, down in the ledger. Never throws.</summary>
internal sealed class RequestAccount(IHeadroomLedger ledger, PromptReader reader, LedgerEntry entry, ILogger logger)
{
    private IReadOnlyList<LedgerBlock> _blocks = entry.Blocks;
    private readonly Lock _lock = new();
    private TokenBalance _touched;
    private TimeSpan _sentAt;

    /// <summary>What Headroom does with the conversation.</summary>
    public LedgerGroup Group => entry.Group;

    /// <summary>A result changed when its function returned it.</summary>
    public void Touched(int tokensBefore, ItemOutcome outcome, int markerTokens)
    {
        lock (_lock) _touched += new TokenBalance(tokensBefore, outcome.TokensAfter - markerTokens, new LedgerOverhead(0, markerTokens, 0));
    }

    /// <summary>A round is sent now.</summary>
    public void Sending() => _sentAt = Stopwatch.GetElapsedTime(0);

    /// <summary>A round was answered.</summary>
    /// <param name="round">1 for the caller's own request.</param>
    /// <param name="usage">What the provider reported.</param>
    /// <param name="model">The model that answered, as far as it is known.</param>
    /// <param name="turn">The calls of the answer.</param>
    /// <param name="answersRetrieval">Whether retrieval calls are ours to answer.</param>
    /// <returns>The figures of this round; <see langword="null"/> when the ledger failed.</returns>
    public LedgerFigures? Answered(int round, UsageDetails? usage, string? model, RetrievalTurn turn, bool answersRetrieval)
    {
#pragma warning disable CA1031 // A ledger that fails fails no request (law 8).
        try
        {
            TokenBalance touched;
            lock (_lock) (touched, _touched) = (_touched, default);
            IReadOnlyList<FunctionCallContent> calls = answersRetrieval ? turn.Calls : [];
            return ledger.Record(entry with
            {
                Blocks = _blocks,
                Model = model ?? entry.Model,
                At = _sentAt,
                IsRetrievalRound = round > 1,
                IsPartial = entry.IsPartial || turn.WasContinued,
                Reported = usage is null ? null : ReportedCounts.Of(usage),
                RetrievalCallTokens = reader.Count(calls),
                AsksOnlyForRetrieval = calls.Count > 0 && !turn.HasOtherCalls,
                TouchedAtBirth = touched,
            });
        }
        catch (Exception e)
        {
            Log.LedgerFailed(logger, e);
            HeadroomTelemetry.Failure("ledger");
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>The next round goes on from these messages.</summary>
    public void Continue(IEnumerable<ChatMessage> messages)
    {
#pragma warning disable CA1031 // As above.
        try
        {
            _blocks = [.. _blocks, .. reader.ReadRetrieval(messages)];
        }
        catch (Exception e)
        {
            Log.LedgerFailed(logger, e);
            HeadroomTelemetry.Failure("ledger");
        }
#pragma warning restore CA1031
    }
}
