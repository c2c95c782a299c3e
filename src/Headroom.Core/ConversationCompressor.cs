using Headroom.Compressors;
using Headroom.Conversation;
using Headroom.Routing;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom;

/// <summary>Makes the items of a conversation smaller, in order: the engine behind every front door.</summary>
/// <remarks>
/// A left fold: the outcome of an item depends on that item and on what precedes it, never on what follows, so a conversation that
/// grows keeps what was sent before byte for byte. Thread-safe; one instance serves any number of conversations.
/// </remarks>
public sealed class ConversationCompressor
{
    private readonly IReadOnlyList<ContentCompressor> _compressors;
    private readonly ItemPipeline _pipeline;
    private readonly OutcomeMemo _memo = new();
    private readonly IOriginalStore? _store;

    /// <summary>Creates a compressor.</summary>
    /// <param name="options">Settings; validated and copied. The default is <c>new HeadroomOptions()</c>.</param>
    /// <param name="tokens">The token counter. The default is the exact <c>o200k_base</c> counter.</param>
    /// <param name="store">Where originals are kept that the front door cannot resolve itself; without one those items are not cut.</param>
    /// <param name="compressors">The compressors. The default is <see cref="BuiltInCompressors.All"/>.</param>
    /// <exception cref="ArgumentException">An option is out of range, or two compressors share a name.</exception>
    public ConversationCompressor(
        HeadroomOptions? options = null, ITokenCounter? tokens = null, IOriginalStore? store = null, IEnumerable<ContentCompressor>? compressors = null)
    {
        HeadroomOptions copy = (options ?? new HeadroomOptions()).Clone();
        copy.Validate();
        _compressors = [.. compressors ?? BuiltInCompressors.All];
        _store = store;
        Tokens = tokens ?? O200kTokenCounter.Instance;
        Mode = copy.Mode;
        _pipeline = new ItemPipeline(copy, Tokens, _compressors);
    }

    /// <summary>The token counter in use.</summary>
    public ITokenCounter Tokens { get; }

    /// <summary>The mode in use.</summary>
    public CompressionMode Mode { get; }

    /// <summary>Compresses the items of a conversation so far.</summary>
    /// <param name="items">The whole conversation, oldest first.</param>
    /// <param name="context">What the front door knows about it.</param>
    /// <param name="cancellationToken">Cancels storing; nothing else takes long.</param>
    /// <returns>One outcome an item, in order. Never throws but for cancellation and wrong arguments.</returns>
    public async ValueTask<IReadOnlyList<ItemOutcome>> CompressAsync(
        IReadOnlyList<ContextItem> items, ConversationContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(context);
        var outcomes = new ItemOutcome[items.Count];
        FoldState state = FoldState.Start;
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = await OutcomeAsync(state.Prepare(items[i]), context, cancellationToken).ConfigureAwait(false);
            state = state.After(items[i]);
        }

        return outcomes;
    }

    /// <summary>Compresses one item that stands alone.</summary>
    public ValueTask<ItemOutcome> CompressAsync(ContextItem item, ConversationContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(context);
        return OutcomeAsync(FoldState.Start.Prepare(item), context, cancellationToken);
    }

    /// <summary>Decodes a reformatted text. A text without one of our headers decodes to itself.</summary>
    public string Expand(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TextDecoder.Expand(_compressors, text);
    }

    private async ValueTask<ItemOutcome> OutcomeAsync(PreparedItem item, ConversationContext context, CancellationToken cancellationToken)
    {
        if (_memo.TryGet(item, context, out ItemOutcome? known)) return known;
        cancellationToken.ThrowIfCancellationRequested();
        ItemPlan plan = _pipeline.Plan(item, context.CanRetrieve);
        ItemOutcome outcome = plan.Elided is null || await IsResolvableAsync(plan, item, context, cancellationToken).ConfigureAwait(false)
            ? plan.Elided ?? plan.Whole
            : plan.Whole with { Elision = ElisionDecision.StoreUnavailable };
        return _memo.Remember(item, context, outcome);
    }

    private async ValueTask<bool> IsResolvableAsync(ItemPlan plan, PreparedItem item, ConversationContext context, CancellationToken cancellationToken)
    {
        if (context.HoldsOriginals) return true;
        if (_store is null) return false;
        try
        {
            var key = new OriginalKey(context.Scope, plan.Elided!.OriginalId!);
            return await _store.PutAsync(key, item.Item.Text, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A store that fails in any way has not stored: the item goes out whole (laws 5 and 8).
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
