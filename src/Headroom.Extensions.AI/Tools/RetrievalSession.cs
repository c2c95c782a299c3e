using System.Collections.Concurrent;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Tokens;
using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI.Tools;

/// <summary>Answers the retrieval calls of one request: from what the conversation holds, then from the store.</summary>
/// <remarks>Thread-safe: functions of one request may run side by side.</remarks>
internal sealed class RetrievalSession(IOriginalStore? store, ITokenCounter tokens, string scope, ILogger logger)
{
    private readonly OriginalResolver _resolver = new(store, tokens);
    private readonly ConcurrentDictionary<string, string> _born = new(StringComparer.Ordinal);

    /// <summary>Finds the ids that occur in the conversation; <see langword="null"/> when the service keeps the history, so that it cannot be seen.</summary>
    public Func<IEnumerable<string>>? FindKnownIds { get; init; } = () => [];

    /// <summary>Finds the originals in the conversation, by id. Nearly no request asks for one, so they are looked for only then.</summary>
    public Func<IEnumerable<(string Id, string Original)>> FindOriginals { get; init; } = () => [];

    /// <summary>The originals held for this request, by id.</summary>
    public IReadOnlyDictionary<string, string> Held()
    {
        Dictionary<string, string> held = new(_born, StringComparer.Ordinal);
        foreach ((string id, string original) in FindOriginals()) held.TryAdd(id, original);
        return held;
    }

    /// <summary>Holds the original of a result that was cut when its function returned it.</summary>
    public void Hold(ItemOutcome outcome, string original)
    {
        if (outcome is { Form: ItemForm.Elided, OriginalId: { } id }) _born.TryAdd(id, original);
    }

    /// <summary>The answer to a call. Never throws but for cancellation.</summary>
    public async ValueTask<string> AnswerAsync(IEnumerable<KeyValuePair<string, object?>>? arguments, CancellationToken cancellationToken)
    {
        using var activity = HeadroomTelemetry.StartRetrieve();
        (string answer, string result) = await LookUpAsync(arguments ?? [], cancellationToken).ConfigureAwait(false);
        activity?.SetTag("headroom.result", result);
        HeadroomTelemetry.Retrieval(result);
        Log.Retrieved(logger, result);
        return answer;
    }

    private async ValueTask<(string Answer, string Result)> LookUpAsync(IEnumerable<KeyValuePair<string, object?>> arguments, CancellationToken cancellationToken)
    {
        string id = "";
        try
        {
            if (!RetrievalRequest.TryCreate(arguments, out RetrievalRequest? request, out string? problem)) return (RetrievalAnswers.Unusable(problem), "unusable");
            id = request.Id;
            IReadOnlyDictionary<string, string> held = Held();
            string[]? known = FindKnownIds?.Invoke().Concat(held.Keys).Distinct(StringComparer.Ordinal).ToArray();
            if (known?.Contains(id, StringComparer.Ordinal) == false) return (RetrievalAnswers.NotInConversation(id, known), "not_in_conversation");

            var context = new RetrievalContext { Scope = scope, Held = held, KnownIds = known };
            OriginalLookup lookup = await _resolver.ResolveAsync(id, context, cancellationToken).ConfigureAwait(false);
            return lookup is { Status: OriginalStatus.Found, Text: { } original }
                ? (OriginalRetriever.Answer(original, request, tokens), held.ContainsKey(id) ? "found_in_conversation" : "found_in_store")
                : (RetrievalAnswers.Miss(id, lookup), lookup.Status switch { OriginalStatus.Evicted => "evicted", OriginalStatus.Unavailable => "unavailable", _ => "unknown" });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The model gets a terminal answer; the request goes on (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RetrievalFailed(logger, e);
            HeadroomTelemetry.Failure("retrieve");
            return (RetrievalAnswers.Unavailable(id), "failed");
        }
    }
}
