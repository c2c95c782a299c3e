using Headroom.Diagnostics;
using Headroom.Economics;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Routing;

/// <summary>Asks compressors what to leave out of a large item, writes the marked text, and keeps it only when it pays.</summary>
internal sealed class Elider(HeadroomOptions options, ITokenCounter tokens)
{
    /// <summary>How often a cut is made again, smaller, to fit: the first misses by the markers, the second nearly never.</summary>
    private const int MaxAttempts = 5;

    /// <summary>Probes this close say the same.</summary>
    private const double NearlyAsSure = 0.1;

    private readonly ElisionGate _gate = new(options.Gate);

    /// <param name="request">The text and what precedes it.</param>
    /// <param name="id">Id of the text.</param>
    /// <param name="routes">Who may propose, the surest first.</param>
    /// <param name="whole">The form that leaves nothing out.</param>
    /// <param name="mode">How far to go: Balanced or Aggressive.</param>
    /// <param name="shownBefore">Name of an earlier result that already shows a part of the same text for the same question, or <see langword="null"/>.</param>
    /// <param name="maxTokens">Tokens that may stay, where whoever handed the text over says so: then nobody asks whether a cut pays.</param>
    public ItemPlan Elide(
        CompressionRequest request, string id, IReadOnlyList<ContentRoute> routes, ItemOutcome whole, CompressionMode mode, string? shownBefore, int? maxTokens = null)
    {
        if (MarkerGrammar.ContainsMarker(request.Text)) return Whole(ElisionDecision.MarkerLookAlike);
        if (maxTokens is { } most) return Fit(request, id, routes, whole, most) ?? Whole(ElisionDecision.NoCandidate);
        ElisionDecision why = ElisionDecision.NoCandidate;
        double retrieval = _gate.RetrievalProbability(MostLikelyKinds(routes), mode);
        int budget = BudgetCharacters(request.Text, whole, mode, retrieval);
        foreach ((ContentRoute route, ElidedCandidate candidate) in Proposals(request, routes, budget, shownBefore))
        {
            string text = MarkerGrammar.Write(id, candidate);
            if (!ReadsBack(text, candidate))
            {
                why = ElisionDecision.MarkerLookAlike;
                continue;
            }

            int after = tokens.Count(text);
            bool worthwhile = _gate.Gain(whole.TokensAfter, after, retrieval) > 0;
            CandidateVerdict verdict = worthwhile ? CandidateVerdict.Chosen : CandidateVerdict.Withheld;
            whole = whole with { Candidates = [.. whole.Candidates, new CandidateReport(route.Name, route.Probe, candidate.Encoding, after, verdict)] };
            if (worthwhile) return new ItemPlan(whole, Outcome(whole, route, candidate, text, after, id) with { KeptLines = VerbatimLines.Of(request.Text, candidate) });
            why = ElisionDecision.NotWorthwhile;
            if (candidate.Encoding != ItemOutcome.Repeat) break; // the surest kind knows what must stay; a less sure one would only save more by cutting that
        }

        return Whole(why);

        ItemPlan Whole(ElisionDecision decision) => new(whole with { Elision = decision }, null);
    }

    /// <summary>The first cut that has no more tokens than allowed, else the smallest; <see langword="null"/> where none is smaller than the whole.</summary>
    private ItemPlan? Fit(CompressionRequest request, string id, IReadOnlyList<ContentRoute> routes, ItemOutcome whole, int maxTokens)
    {
        ItemPlan? best = null;
        double budget = maxTokens * CharactersPerToken(request.Text, whole);
        for (int attempt = 0; attempt < MaxAttempts && budget >= 1; attempt++)
        {
            int least = int.MaxValue;
            foreach (ContentRoute route in routes)
            {
                if (Select(request, route.Compressor, (int)budget) is not { } candidate) continue;
                string text = MarkerGrammar.Write(id, candidate);
                int after = tokens.Count(text);
                least = Math.Min(least, after);
                if (after >= (best?.Elided ?? whole).TokensAfter || !ReadsBack(text, candidate)) continue;
                ItemOutcome reported = whole with { Candidates = [.. whole.Candidates, new CandidateReport(route.Name, route.Probe, candidate.Encoding, after, CandidateVerdict.Chosen)] };
                best = new ItemPlan(reported, Outcome(reported, route, candidate, text, after, id) with { KeptLines = VerbatimLines.Of(request.Text, candidate) });
                if (after <= maxTokens) return best;
            }

            budget *= least == int.MaxValue ? 0.9 : Math.Min(0.9, (double)maxTokens / least); // markers and citations are not in the budget of characters, and some text is denser
        }

        return best;
    }

    /// <summary>The kinds a text most surely is. A listing of numbered lines of code is code as much as it is a listing.</summary>
    private static IEnumerable<string> MostLikelyKinds(IReadOnlyList<ContentRoute> routes)
    {
        double surest = 0;
        foreach (ContentRoute route in routes) surest = Math.Max(surest, route.Probe);
        return routes.Where(r => r.Probe >= surest - NearlyAsSure).Select(r => r.Name);
    }

    /// <summary>A marker in the place of a result, which shows nothing of it.</summary>
    public ItemOutcome Withdraw(string text, ItemOutcome before)
    {
        ElidedCandidate candidate = AllLeftOut(ItemOutcome.Withdrawn, text, "an older result, left out to make room");
        string id = OriginalId.Compute(text), marker = MarkerGrammar.Write(id, candidate);
        return before with
        {
            Text = marker,
            Form = ItemForm.Elided,
            Reason = OutcomeReason.MadeRoom,
            Elision = ElisionDecision.Elided,
            Encoding = candidate.Encoding,
            TokensAfter = tokens.Count(marker),
            OriginalId = id,
            KeptLines = [],
        };
    }

    private static IEnumerable<(ContentRoute Route, ElidedCandidate Candidate)> Proposals(
        CompressionRequest request, IReadOnlyList<ContentRoute> routes, int budget, string? shownBefore)
    {
        if (shownBefore is not null && routes.Count > 0) yield return (routes[0], SameText(request.Text, shownBefore));
        foreach (ContentRoute route in routes)
        {
            if (Select(request, route.Compressor, budget) is { } candidate) yield return (route, candidate);
        }
    }

    /// <summary>A result that was already shown in part, and is asked for again by the same question, is shown there: one gap says where.</summary>
    private static ElidedCandidate SameText(string text, string shownBefore)
    {
        return AllLeftOut(ItemOutcome.Repeat, text, "the same text as " + shownBefore + " above, which shows a part of it");
    }

    private static ElidedCandidate AllLeftOut(string encoding, string text, string phrase)
    {
        ContentRange all = ContentRange.Lines(1, text.AsSpan().Count('\n') + (text[^1] == '\n' ? 0 : 1));
        return new ElidedCandidate(encoding, [new GapPart(all, phrase)], all);
    }

    /// <summary>
    /// Whether a reader finds exactly the gaps that were made: a kept part that was unescaped or respelled may say what the original did not.
    /// </summary>
    private static bool ReadsBack(string text, ElidedCandidate candidate) =>
        MarkerGrammar.TryParse(text, out ElidedText? read)
        && read.Gaps.Select(g => g.Range).SequenceEqual(candidate.Parts.OfType<GapPart>().Select(g => g.Range));

    private static ItemOutcome Outcome(ItemOutcome whole, ContentRoute route, ElidedCandidate candidate, string text, int after, string id) => whole with
    {
        Text = text,
        Form = ItemForm.Elided,
        Reason = OutcomeReason.Compressed,
        Elision = ElisionDecision.Elided,
        Kind = route.Name,
        Encoding = candidate.Encoding,
        TokensAfter = after,
        OriginalId = id,
    };

    private static ElidedCandidate? Select(CompressionRequest request, ContentCompressor? compressor, int budget)
    {
#pragma warning disable CA1031 // A selector that fails leaves the item whole (law 8).
        try
        {
            return compressor?.Elide(request, budget);
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>
    /// The visible part in characters: most of the threshold, plus a share of what exceeds it. The shares are measured: with smaller ones
    /// the facts that stay visible over a corpus of real tool output fall faster than the tokens do.
    /// </summary>
    private int BudgetCharacters(string text, ItemOutcome whole, CompressionMode mode, double retrieval)
    {
        (int threshold, double share) = mode == CompressionMode.Balanced
            ? (options.BalancedThresholdTokens, 0.6 + 0.15 * retrieval)
            : (options.AggressiveThresholdTokens, 0.40);
        double budgetTokens = threshold * 0.6 + (whole.TokensAfter - threshold) * share;
        return (int)Math.Clamp(budgetTokens * CharactersPerToken(text, whole), 400, int.MaxValue / 2);
    }

    private static double CharactersPerToken(string text, ItemOutcome whole) => (double)text.Length / Math.Max(1, whole.TokensBefore);
}
