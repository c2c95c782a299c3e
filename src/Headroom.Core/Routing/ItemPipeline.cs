using Headroom.Conversation;
using Headroom.Diagnostics;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Routing;

/// <summary>Takes one item to its outcome. Pure: the same item, question and options give the same plan.</summary>
/// <remarks>
/// <code>
///   item ─► (1) pinned? ─► (2) route ─► (3) propose ─► (4) count ─► (5) prove the cheapest ─► whole form
///                │                                                                              │
///                ▼                                               (6) large, lossy mode, way back?
///            unchanged                                                                          │
///                                          elided form ◄─ (8) never-grows ◄─ (7) select and mark ◄┘
/// </code>
/// </remarks>
internal sealed class ItemPipeline(HeadroomOptions options, ITokenCounter tokens, IReadOnlyList<ContentCompressor> compressors)
{
    /// <summary>A cut must save at least this share of the whole form: with less, one retrieval in four already eats the gain.</summary>
    private const double MinElisionSaving = 0.25;

    private readonly ContentRouter _router = new(compressors);

    public ItemPlan Plan(PreparedItem prepared, bool canRetrieve)
    {
        ContextItem item = prepared.Item;
        int before = tokens.Count(item.Text);
        if (WhyUntouched(item) is { } reason) return new ItemPlan(Unchanged(item, reason, before), null); // (1)

        var request = new CompressionRequest(item.Text) { Question = prepared.FullQuestion };
        IReadOnlyList<ContentRoute> routes = Route(item.Text); // (2)
        ItemOutcome whole = Reformat(request, routes, before); // (3) (4) (5)
        ElisionDecision decision = MayElide(whole, canRetrieve); // (6)
        if (decision != ElisionDecision.Elided) return new ItemPlan(whole with { Elision = decision }, null);
        return Elide(request, routes, whole); // (7) (8)
    }

    private OutcomeReason? WhyUntouched(ContextItem item)
    {
        if (item.IsPinned) return OutcomeReason.Pinned;
        if (item.Role != ItemRole.Tool && !item.IsCompressible) return OutcomeReason.RoleNotCompressible;
        if (item.IsError) return OutcomeReason.ErrorResult;
        if (string.Equals(item.ToolName, RetrievalTool.Name, StringComparison.Ordinal)) return OutcomeReason.RetrievedText;
        if (item.Text.Length < options.MinItemCharacters) return OutcomeReason.TooSmall;
        if (item.Text.Length > options.MaxItemCharacters) return OutcomeReason.TooLarge;
        if (MarkerGrammar.StartsWithHeader(item.Text) || TextDecoder.IsEncoded(compressors, item.Text)) return OutcomeReason.AlreadyCompressed;
        return null;
    }

    private IReadOnlyList<ContentRoute> Route(string text)
    {
#pragma warning disable CA1031 // A caller's probe that fails must not fail a request (law 8).
        try
        {
            return _router.Route(text);
        }
        catch (Exception)
        {
            return [];
        }
#pragma warning restore CA1031
    }

    private ItemOutcome Reformat(CompressionRequest request, IReadOnlyList<ContentRoute> routes, int before)
    {
        List<Proposal> proposals = [];
        List<CandidateReport> reports = [];
        foreach (ContentRoute route in routes)
        {
            IReadOnlyList<ReformattedCandidate>? candidates = Propose(request, route.Compressor);
            if (candidates is null || candidates.Count == 0)
            {
                CandidateVerdict verdict = candidates is null ? CandidateVerdict.Failed : CandidateVerdict.NoProposal;
                reports.Add(new CandidateReport(route.Compressor.Name, route.Probe, "", 0, verdict));
                continue;
            }

            foreach (ReformattedCandidate candidate in candidates)
                proposals.Add(new Proposal(route, candidate, tokens.Count(candidate.Text)));
        }

        Proposal? chosen = null;
        bool proofFailed = false;
        foreach (Proposal proposal in proposals.OrderBy(p => p.Tokens))
        {
            CandidateVerdict verdict = CandidateVerdict.NotCheapest;
            if (chosen is null && proposal.Tokens < before)
            {
                verdict = IsProven(request.Text, proposal.Candidate) ? CandidateVerdict.Chosen : CandidateVerdict.ProofFailed;
                if (verdict == CandidateVerdict.Chosen) chosen = proposal;
                else proofFailed = true;
            }

            reports.Add(new CandidateReport(proposal.Route.Compressor.Name, proposal.Route.Probe, proposal.Candidate.Encoding, proposal.Tokens, verdict));
        }

        return new ItemOutcome
        {
            Text = chosen?.Candidate.Text ?? request.Text,
            Form = chosen is null ? ItemForm.Unchanged : ItemForm.Reformatted,
            Reason = chosen is not null ? OutcomeReason.Compressed : WhyNothing(routes, reports, proofFailed),
            Kind = chosen?.Route.Compressor.Name ?? (routes.Count > 0 ? routes[0].Compressor.Name : "text"),
            Encoding = chosen?.Candidate.Encoding ?? "",
            TokensBefore = before,
            TokensAfter = chosen?.Tokens ?? before,
            Candidates = reports,
        };
    }

    private static OutcomeReason WhyNothing(IReadOnlyList<ContentRoute> routes, List<CandidateReport> reports, bool proofFailed)
    {
        if (routes.Count == 0) return OutcomeReason.NoCompressor;
        if (proofFailed) return OutcomeReason.ProofFailed;
        return reports.Exists(r => r.Verdict == CandidateVerdict.Failed) ? OutcomeReason.CompressorFailed : OutcomeReason.NothingSmaller;
    }

    /// <summary>The candidates of one compressor; <see langword="null"/> when it failed.</summary>
    private static IReadOnlyList<ReformattedCandidate>? Propose(CompressionRequest request, ContentCompressor compressor)
    {
#pragma warning disable CA1031 // A compressor that fails must not fail a request: the original passes and the reason is reported (law 8).
        try
        {
            return compressor.Reformat(request);
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>Runs the public decoder on this very output: what it yields must equal the original (law 4).</summary>
    private bool IsProven(string original, ReformattedCandidate candidate)
    {
#pragma warning disable CA1031 // A decoder that fails proves nothing (laws 4 and 8).
        try
        {
            return LosslessProof.Holds(original, TextDecoder.Expand(compressors, candidate.Text), candidate.Equivalence);
        }
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031
    }

    private ElisionDecision MayElide(ItemOutcome whole, bool canRetrieve)
    {
        if (options.Mode == CompressionMode.Lossless) return ElisionDecision.NotConsidered;
        int threshold = options.Mode == CompressionMode.Balanced ? options.BalancedThresholdTokens : options.AggressiveThresholdTokens;
        if (whole.TokensAfter <= threshold) return ElisionDecision.BelowThreshold;
        return canRetrieve ? ElisionDecision.Elided : ElisionDecision.RetrievalUnavailable;
    }

    private ItemPlan Elide(CompressionRequest request, IReadOnlyList<ContentRoute> routes, ItemOutcome whole)
    {
        if (MarkerGrammar.ContainsMarker(request.Text)) return Whole(ElisionDecision.MarkerLookAlike);
        ElisionDecision why = ElisionDecision.NoCandidate;
        int budget = BudgetCharacters(request.Text, whole);
        foreach (ContentRoute route in routes)
        {
            if (Select(request, route.Compressor, budget) is not { } candidate) continue;
            string id = OriginalId.Compute(request.Text);
            string text = MarkerGrammar.Write(id, candidate);
            int after = tokens.Count(text);
            bool worthwhile = after < whole.TokensAfter * (1 - MinElisionSaving); // (8)
            CandidateVerdict verdict = worthwhile ? CandidateVerdict.Chosen : CandidateVerdict.Withheld;
            whole = whole with { Candidates = [.. whole.Candidates, new CandidateReport(route.Compressor.Name, route.Probe, candidate.Encoding, after, verdict)] };
            if (!worthwhile)
            {
                why = ElisionDecision.NotWorthwhile;
                continue;
            }

            ItemOutcome elided = whole with
            {
                Text = text,
                Form = ItemForm.Elided,
                Reason = OutcomeReason.Compressed,
                Elision = ElisionDecision.Elided,
                Kind = route.Compressor.Name,
                Encoding = candidate.Encoding,
                TokensAfter = after,
                OriginalId = id,
            };
            return new ItemPlan(whole, elided);
        }

        return Whole(why);

        ItemPlan Whole(ElisionDecision decision) => new(whole with { Elision = decision }, null);
    }

    private static ElidedCandidate? Select(CompressionRequest request, ContentCompressor compressor, int budget)
    {
#pragma warning disable CA1031 // A selector that fails leaves the item whole (law 8).
        try
        {
            return compressor.Elide(request, budget);
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>The visible part in characters: a share of the threshold, plus a share of the rest that shrinks as the item grows.</summary>
    private int BudgetCharacters(string text, ItemOutcome whole)
    {
        (int threshold, double share) = options.Mode == CompressionMode.Balanced
            ? (options.BalancedThresholdTokens, 0.20)
            : (options.AggressiveThresholdTokens, 0.12);
        double budgetTokens = threshold * 0.6 + (whole.TokensAfter - threshold) * share;
        double charactersPerToken = (double)text.Length / Math.Max(1, whole.TokensBefore);
        return (int)Math.Clamp(budgetTokens * charactersPerToken, 400, int.MaxValue / 2);
    }

    private static ItemOutcome Unchanged(ContextItem item, OutcomeReason reason, int before) => new()
    {
        Text = item.Text,
        Form = ItemForm.Unchanged,
        Reason = reason,
        TokensBefore = before,
        TokensAfter = before,
    };

    private sealed record Proposal(ContentRoute Route, ReformattedCandidate Candidate, int Tokens);
}
