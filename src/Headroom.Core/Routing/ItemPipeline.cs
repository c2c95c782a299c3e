using Headroom.Conversation;
using Headroom.Conversation.References;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Routing;

/// <summary>Takes one item to its outcome. Pure: the same item, question and options give the same plan.</summary>
/// <remarks>
/// <code>
///   item ─► (1) pinned? ─► (2) route ─► (3) propose ─► (4) count ─► (5) prove the cheapest ─► (6) point at earlier text ─► whole form
///                │                                                                                                      │
///                ▼                                                                       (7) large, lossy mode, way back?
///            unchanged                                                                                                  │
///                                                                  elided form ◄─ (9) never grows ◄─ (8) select and mark ◄┘
/// </code>
/// </remarks>
internal sealed class ItemPipeline(HeadroomOptions options, ITokenCounter tokens, IReadOnlyList<ContentCompressor> compressors)
{
    private readonly ContentRouter _router = new(compressors);
    private readonly Reformatter _reformatter = new(options, tokens, compressors);
    private readonly BlockReferences _references = new(tokens);
    private readonly Elider _elider = new(options, tokens);

    public ItemPlan Plan(PreparedItem prepared, bool canRetrieve, VisibleLines visible)
    {
        ContextItem item = prepared.Item;
        int before = tokens.Count(item.Text);
        ToolPolicy policy = PolicyOf(item);
        if (WhyUntouched(item, policy) is { } reason) return new ItemPlan(Unchanged(item, reason, before), null); // (1)

        var request = new CompressionRequest(item.Text) { Question = prepared.FullQuestion, Records = item.Records };
        IReadOnlyList<ContentRoute> routes = _router.TryRoute(item.Text); // (2)
        ItemOutcome whole = _reformatter.Reformat(request, routes, before, _router); // (3) (4) (5)
        if (options.BlockReferences) whole = _references.Refer(item.Text, whole, visible); // (6)
        CompressionMode mode = ModeOf(policy);
        ElisionDecision decision = MayElide(whole, mode, item.MaxTokens, canRetrieve); // (7)
        if (decision != ElisionDecision.Elided) return new ItemPlan(whole with { Elision = decision }, null);
        string id = OriginalId.Compute(item.Text);
        if (item.Records is not null) routes = [.. compressors.Where(c => c.KnowsRecords).Select(c => new ContentRoute(c, 1))];
        return _elider.Elide(request, id, routes, whole, mode, visible.FindElided(id, prepared.Question), item.MaxTokens); // (8) (9)
    }

    /// <summary>The outcome of an item of a role that is never compressed.</summary>
    public ItemOutcome Leave(ContextItem item) => Unchanged(item, WhyUntouched(item, PolicyOf(item)) ?? OutcomeReason.RoleNotCompressible, tokens.Count(item.Text));

    /// <summary>The outcome of an item of which only the tokens are known.</summary>
    public static ItemOutcome Weight(int tokens) => new() { Text = "", Form = ItemForm.Unchanged, Reason = OutcomeReason.RoleNotCompressible, TokensBefore = tokens, TokensAfter = tokens };

    /// <summary>Whether a result may give way to a marker when the context window fills up.</summary>
    public bool CanWithdraw(ContextItem item, ItemOutcome outcome)
    {
        ToolPolicy policy = PolicyOf(item);
        return item.Weight is null && outcome.Encoding != ItemOutcome.Withdrawn && ModeOf(policy) != CompressionMode.Lossless && WhyUntouched(item, policy) is null && !MarkerGrammar.ContainsMarker(item.Text);
    }

    /// <summary>A marker in the place of a result.</summary>
    public ItemOutcome Withdraw(ContextItem item, ItemOutcome outcome) => _elider.Withdraw(item.Text, outcome);

    private OutcomeReason? WhyUntouched(ContextItem item, ToolPolicy policy)
    {
        if (item.IsPinned || policy == ToolPolicy.Verbatim) return OutcomeReason.Pinned;
        if (item.Role != ItemRole.Tool && !item.IsCompressible) return OutcomeReason.RoleNotCompressible;
        if (item.IsError) return OutcomeReason.ErrorResult;
        if (string.Equals(item.ToolName, RetrievalTool.Name, StringComparison.Ordinal)) return OutcomeReason.RetrievedText;
        if (item.Text.Length < options.MinItemCharacters) return OutcomeReason.TooSmall;
        if (item.Text.Length > options.MaxItemCharacters) return OutcomeReason.TooLarge;
        if (MarkerGrammar.StartsWithHeader(item.Text) || TextDecoder.IsEncoded(compressors, item.Text)) return OutcomeReason.AlreadyCompressed;
        return null;
    }

    private ToolPolicy PolicyOf(ContextItem item)
    {
        ToolPolicy policy = options.ToolPolicies.Of(item.ToolName);
        return policy == ToolPolicy.Inherit ? item.Policy : policy;
    }

    private CompressionMode ModeOf(ToolPolicy policy) => policy switch
    {
        ToolPolicy.Lossless => CompressionMode.Lossless,
        ToolPolicy.Balanced => CompressionMode.Balanced,
        ToolPolicy.Aggressive => CompressionMode.Aggressive,
        _ => options.Mode,
    };

    private ElisionDecision MayElide(ItemOutcome whole, CompressionMode mode, int? maxTokens, bool canRetrieve)
    {
        if (mode == CompressionMode.Lossless) return ElisionDecision.NotConsidered;
        int threshold = maxTokens ?? (mode == CompressionMode.Balanced ? options.BalancedThresholdTokens : options.AggressiveThresholdTokens);
        if (whole.TokensAfter <= threshold) return ElisionDecision.BelowThreshold;
        return canRetrieve ? ElisionDecision.Elided : ElisionDecision.RetrievalUnavailable;
    }

    private static ItemOutcome Unchanged(ContextItem item, OutcomeReason reason, int before) => new()
    {
        Text = item.Text,
        Form = ItemForm.Unchanged,
        Reason = reason,
        TokensBefore = before,
        TokensAfter = before,
    };
}
