using Headroom.Compressors;
using Headroom.Conversation;
using Headroom.Conversation.References;
using Headroom.PromptCaching;
using Headroom.Routing;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom;

/// <summary>Makes the items of a conversation smaller, in order: the engine behind every front door.</summary>
/// <remarks>
/// A left fold: the outcome of an item depends on that item and on what precedes it, never on what follows, so a conversation that
/// grows keeps what was sent before byte for byte. Thread-safe; one instance serves any number of conversations.
/// </remarks>
public sealed partial class ConversationCompressor
{
    private readonly IReadOnlyList<ContentCompressor> _compressors;
    private readonly ItemPipeline _pipeline;
    private readonly FoldMemo _memo;
    private readonly GuardedOriginalStore? _store;
    private readonly ContextBudget? _budget;
    private readonly PromptCacheOptions _promptCache;

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
        _store = store is null ? null : store as GuardedOriginalStore ?? new GuardedOriginalStore(store, copy.StoreTimeout);
        Tokens = tokens ?? O200kTokenCounter.Instance;
        Mode = copy.Mode;
        MayElide = copy.MayElide;
        _budget = copy.ContextWindowTokens is { } window ? new ContextBudget(window) : null;
        IsShadow = copy.Shadow;
        HoldOutShare = copy.HoldOutShare;
        _promptCache = copy.PromptCache;
        MaxRememberedCharacters = copy.MaxRememberedCharacters;
        _memo = new FoldMemo(MaxRememberedCharacters);
        _pipeline = new ItemPipeline(copy, Tokens, _compressors);
    }

    /// <summary>The token counter in use.</summary>
    public ITokenCounter Tokens { get; }

    /// <summary>The store in use, guarded by <see cref="HeadroomOptions.StoreTimeout"/>; <see langword="null"/> when there is none.</summary>
    public GuardedOriginalStore? Store => _store;

    /// <summary>The mode in use.</summary>
    public CompressionMode Mode { get; }

    /// <summary>Whether anything can be cut at all: by the mode, or by the policy of a tool. Where it is, front doors declare the retrieval tool.</summary>
    public bool MayElide { get; }

    /// <summary>Whether front doors are to measure only (<see cref="HeadroomOptions.Shadow"/>). This class compresses all the same.</summary>
    public bool IsShadow { get; }

    /// <summary>The share of conversations front doors are to leave alone (<see cref="HeadroomOptions.HoldOutShare"/>).</summary>
    public double HoldOutShare { get; }

    /// <summary>What front doors are to do about the provider's prompt cache (<see cref="HeadroomOptions.PromptCache"/>): a copy, whose change changes nothing here.</summary>
    public PromptCacheOptions PromptCache => _promptCache.Clone();

    /// <summary>Characters of conversations that are remembered (<see cref="HeadroomOptions.MaxRememberedCharacters"/>).</summary>
    public long MaxRememberedCharacters { get; }

    /// <summary>Characters remembered just now.</summary>
    internal long RememberedCharacters => _memo.Characters;

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
        FoldNode node = _memo.Start(context, out long walk);
        VisibleLease? visible = null; // most walks work out little, many nothing
        try
        {
            for (int i = 0; i < outcomes.Length; i++)
            {
                ContextItem item = items[i];
                if (FoldState.StandsAside(item))
                {
                    FoldNode aside = node.Find(item) ?? _memo.Remember(Aside(node, item), walk);
                    aside.LastUsed = walk;
                    outcomes[i] = aside.Outcome!;
                    if (aside.Weight is null) continue;
                    item = aside.Weight;
                }

                if (node.Find(item) is not { } next)
                {
                    next = await StepAsync(node, item, context, visible ??= new VisibleLease(_memo), cancellationToken).ConfigureAwait(false);
                    FoldNode first = _memo.Remember(next, walk);
                    if (!ReferenceEquals(first, next)) visible.Return(); // another walk was here first, and may have chosen otherwise
                    next = first;
                }

                next.LastUsed = walk;
                outcomes[i] ??= next.Outcome!;
                for (int c = 0; c < next.Changes.Count; c++) outcomes[next.Changes[c].Item] = next.Changes[c].Outcome;
                node = next;
            }
        }
        finally
        {
            visible?.Return();
        }

        Keep(items, outcomes, context);
        return outcomes;
    }

    /// <summary>Compresses one item that stands alone.</summary>
    /// <param name="item">The item.</param>
    /// <param name="context">What the front door knows about it.</param>
    /// <param name="cancellationToken">Cancels storing.</param>
    public async ValueTask<ItemOutcome> CompressAsync(ContextItem item, ConversationContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ItemOutcome> outcomes = await CompressAsync([item], context, cancellationToken).ConfigureAwait(false);
        return outcomes[0];
    }

    /// <summary>Decodes a reformatted text. A text without one of our headers decodes to itself.</summary>
    public string Expand(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TextDecoder.Expand(_compressors, text);
    }

    /// <summary>One step of the fold: what becomes of <paramref name="item"/> after the conversation that <paramref name="node"/> stands for.</summary>
    private async ValueTask<FoldNode> StepAsync(FoldNode node, ContextItem item, ConversationContext context, VisibleLease visible, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ItemOutcome outcome = item.Weight is { } tokens
            ? ItemPipeline.Weight(tokens)
            : await OutcomeAsync(node.State.Prepare(item), visible.Before(node, item), context, cancellationToken).ConfigureAwait(false);
        var next = new FoldNode(node, item, outcome, node.State.After(item, outcome));
        visible.Add(next);
        return context.CanRetrieve && _budget is { } budget && budget.IsDue(next.State.Tokens, item)
            ? await CompactAsync(next, budget, context, visible, cancellationToken).ConfigureAwait(false)
            : next;
    }

    /// <summary>An item that stands aside, beside the conversation that <paramref name="node"/> stands for.</summary>
    private FoldNode Aside(FoldNode node, ContextItem item)
    {
        ItemOutcome outcome = _pipeline.Leave(item);
        ContextItem? weight = _budget is null ? null : new ContextItem { Text = "", Role = item.Role, Weight = outcome.TokensAfter };
        return new FoldNode(node, item, outcome, node.State) { Weight = weight };
    }

    private async ValueTask<ItemOutcome> OutcomeAsync(PreparedItem prepared, VisibleLines visible, ConversationContext context, CancellationToken cancellationToken)
    {
        ItemPlan plan = _pipeline.Plan(prepared, context.CanRetrieve, visible);
        return plan.Elided is null || await IsResolvableAsync(plan.Elided, prepared.Item, prepared.Question, context, cancellationToken).ConfigureAwait(false)
            ? plan.Elided ?? plan.Whole
            : plan.Whole with { Elision = ElisionDecision.StoreUnavailable };
    }
}
