using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Retrieval;

/// <summary>Finds originals, in the conversation at hand first and then in a store, and answers retrieval calls with them.</summary>
/// <remarks>Thread-safe. Never throws but for cancellation and wrong arguments.</remarks>
/// <param name="store">Where originals are kept that the conversation does not hold; <see langword="null"/> for none.</param>
/// <param name="tokens">Counts the tokens of answers. The default is the exact <c>o200k_base</c> counter.</param>
public sealed class OriginalResolver(IOriginalStore? store = null, ITokenCounter? tokens = null)
{
    private readonly ITokenCounter _tokens = tokens ?? O200kTokenCounter.Instance;

    /// <summary>Answers a retrieval call: the part of the original asked for, or why there is none.</summary>
    public async ValueTask<string> AnswerAsync(RetrievalRequest request, RetrievalContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        if (!MayRedeem(request.Id, context)) return RetrievalAnswers.NotInConversation(request.Id, context.KnownIds!);
        OriginalLookup lookup = await ResolveAsync(request.Id, context, cancellationToken).ConfigureAwait(false);
        return lookup is { Status: OriginalStatus.Found, Text: { } original }
            ? OriginalRetriever.Answer(original, request, _tokens)
            : RetrievalAnswers.Miss(request.Id, lookup);
    }

    /// <summary>Answers a retrieval call whose arguments are the JSON text the model wrote.</summary>
    public ValueTask<string> AnswerAsync(string argumentsJson, RetrievalContext context, CancellationToken cancellationToken = default) =>
        RetrievalRequest.TryParse(argumentsJson, out RetrievalRequest? request, out string? problem)
            ? AnswerAsync(request, context, cancellationToken)
            : ValueTask.FromResult(RetrievalAnswers.Unusable(problem));

    /// <summary>Finds an original. What a store returns is used only if it has that id: a damaged entry counts as unavailable.</summary>
    public async ValueTask<OriginalLookup> ResolveAsync(string id, RetrievalContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(context);
        if (!MayRedeem(id, context) || !OriginalId.IsWellFormed(id)) return OriginalLookup.Unknown;
        if (context.Held.TryGetValue(id, out string? held)) return OriginalLookup.Found(held);
        if (store is null) return OriginalLookup.Unknown;
        try
        {
            OriginalLookup lookup = await store.GetAsync(new OriginalKey(context.Scope, id), cancellationToken).ConfigureAwait(false);
            if (lookup.Status != OriginalStatus.Found) return lookup;
            bool intact = lookup.Text is { } text && string.Equals(OriginalId.Compute(text, id.Length), id, StringComparison.Ordinal);
            return intact ? lookup : OriginalLookup.Unavailable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A store that fails in any way cannot be asked; the model gets a terminal answer, the request goes on (laws 6 and 8).
        catch (Exception)
#pragma warning restore CA1031
        {
            return OriginalLookup.Unavailable;
        }
    }

    private static bool MayRedeem(string id, RetrievalContext context) =>
        context.KnownIds is not { } known || known.Contains(id) || context.Held.ContainsKey(id);
}
