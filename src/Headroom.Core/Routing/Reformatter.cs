using Headroom.Diagnostics;
using Headroom.Tokens;

namespace Headroom.Routing;

/// <summary>Finds the cheapest proven whole form of a text: asks for candidates, counts them, and runs the decoder on the winner.</summary>
internal sealed class Reformatter(HeadroomOptions options, ITokenCounter tokens, IReadOnlyList<ContentCompressor> compressors)
{
    public ItemOutcome Reformat(CompressionRequest request, IReadOnlyList<ContentRoute> routes, int before, ContentRouter router)
    {
        List<CandidateReport> reports = [];
        List<Proposal> proposals = Propose(request, routes, reports);
        if (MayMixKinds(request.Text, proposals, before) && ProposeParts(request, routes, router) is { } parts) proposals.Add(parts);
        Proposal? chosen = Choose(request.Text, proposals, before, reports);
        return new ItemOutcome
        {
            Text = chosen?.Candidate.Text ?? request.Text,
            Form = chosen is null ? ItemForm.Unchanged : ItemForm.Reformatted,
            Reason = chosen is null ? WhyNothing(routes, reports) : OutcomeReason.Compressed,
            Kind = chosen?.Route.Name ?? (routes.Count > 0 ? routes[0].Name : "text"),
            Encoding = chosen?.Candidate.Encoding ?? "",
            TokensBefore = before,
            TokensAfter = chosen?.Tokens ?? before,
            Candidates = reports,
        };
    }

    /// <summary>A respelled form must save at least this share of a text: with less, the legend asks more of a reader than it gives back.</summary>
    private const double MinRespelledSaving = 0.10;

    /// <summary>A form of at most this share of a text was made by a compressor that knows the text: a wrong kind seldom saves a quarter.</summary>
    private const double ExplainedShare = 0.5;

    private List<Proposal> Propose(CompressionRequest request, IReadOnlyList<ContentRoute> routes, List<CandidateReport> reports)
    {
        List<Proposal> proposals = [];
        bool quotable = routes.Count > 0 && routes[0].Compressor is { IsQuotable: true };
        bool isShort = request.Text.Length < options.MinRespelledCharacters;
        foreach (ContentRoute route in routes)
        {
            IReadOnlyList<ReformattedCandidate>? candidates = Candidates(request, route.Compressor);
            if (candidates is null or { Count: 0 })
                reports.Add(new CandidateReport(route.Name, route.Probe, "", 0, candidates is null ? CandidateVerdict.Failed : CandidateVerdict.NoProposal));
            else
                proposals.AddRange(candidates.Where(c => c.IsPlain || !(quotable || (isShort && !route.RespellsShortTexts))).Select(c => new Proposal(route, c, tokens.Count(c.Text))));
        }

        return proposals;
    }

    private Proposal? Choose(string original, List<Proposal> proposals, int before, List<CandidateReport> reports)
    {
        Proposal? chosen = null;
        foreach (Proposal proposal in proposals.OrderBy(p => p.Tokens))
        {
            CandidateVerdict verdict = CandidateVerdict.NotCheapest;
            if (chosen is null && IsWorthwhile(proposal, before))
            {
                verdict = IsProven(original, proposal.Candidate) ? CandidateVerdict.Chosen : CandidateVerdict.ProofFailed;
                if (verdict == CandidateVerdict.Chosen) chosen = proposal;
            }

            reports.Add(new CandidateReport(proposal.Route.Name, proposal.Route.Probe, proposal.Candidate.Encoding, proposal.Tokens, verdict));
        }

        return chosen;
    }

    /// <summary>Parts take as long again as the whole. A large text goes that way only where no form of the whole says that one kind explains most of it.</summary>
    private static bool MayMixKinds(string text, List<Proposal> proposals, int before) =>
        text.Length < ContentRouter.LargeText || !proposals.Exists(p => p.Tokens < before * ExplainedShare);

    /// <summary>Splits a text that mixes kinds at its seams and reformats each part on its own.</summary>
    private Proposal? ProposeParts(CompressionRequest request, IReadOnlyList<ContentRoute> whole, ContentRouter router)
    {
        IReadOnlyList<ContentSegment> segments = ContentSegmenter.Split(request.Text, router, whole);
        if (segments.Count < 2) return null;
        List<EncodedPart> parts = [.. segments.Select(s => EncodePart(request, s))];
        if (!parts.Exists(p => p.IsEncoded)) return null;
        var candidate = new ReformattedCandidate(PartsFormat.Name, PartsFormat.Write(parts), parts.TrueForAll(p => p.IsExact) ? Equivalence.Bytes : Equivalence.Mixed) { IsPlain = true };
        double share = (double)segments.Where(s => s.Routes.Count > 0).Sum(s => s.Length) / request.Text.Length;
        return new Proposal(new ContentRoute(null, share), candidate, tokens.Count(candidate.Text));
    }

    private EncodedPart EncodePart(CompressionRequest request, ContentSegment segment)
    {
        string text = request.Text.Substring(segment.Start, segment.Length);
        if (segment.Routes.Count == 0 || text.Length < ContentSegmenter.MinPartLength) return new EncodedPart(text, IsEncoded: false, IsExact: true);
        int before = tokens.Count(text);
        List<Proposal> proposals = Propose(request with { Text = text, IsPart = true }, segment.Routes, []);
        foreach (Proposal proposal in proposals.Where(p => IsWorthwhile(p, before - PartsFormat.CostOfAPart)).OrderBy(p => p.Tokens))
        {
            bool exact = proposal.Candidate.Equivalence == Equivalence.Bytes;
            // Inside a whole, blank lines at a part's end count: the proof of a part is made with something standing after it.
            if (Proves(text + "\n.", Decoded(proposal.Candidate.Text) + "\n.", exact ? Equivalence.Bytes : Equivalence.Mixed))
                return new EncodedPart(proposal.Candidate.Text, IsEncoded: true, exact);
        }

        return new EncodedPart(text, IsEncoded: false, IsExact: true);
    }

    private static bool IsWorthwhile(Proposal proposal, int before) =>
        proposal.Tokens < before * (proposal.Candidate.IsPlain ? 1 : 1 - MinRespelledSaving);

    private static OutcomeReason WhyNothing(IReadOnlyList<ContentRoute> routes, List<CandidateReport> reports)
    {
        if (reports.Exists(r => r.Verdict == CandidateVerdict.ProofFailed)) return OutcomeReason.ProofFailed;
        if (reports.Exists(r => r.Verdict == CandidateVerdict.Failed)) return OutcomeReason.CompressorFailed;
        return routes.Count == 0 ? OutcomeReason.NoCompressor : OutcomeReason.NothingSmaller;
    }

    /// <summary>The candidates of one compressor; <see langword="null"/> when it failed.</summary>
    private static IReadOnlyList<ReformattedCandidate>? Candidates(CompressionRequest request, ContentCompressor? compressor)
    {
#pragma warning disable CA1031 // A compressor that fails must not fail a request: the original passes and the reason is reported (law 8).
        try
        {
            return compressor?.Reformat(request);
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>Runs the public decoder on this very output: what it yields must equal the original (law 4).</summary>
    private bool IsProven(string original, ReformattedCandidate candidate) =>
        Proves(original, Decoded(candidate.Text), candidate.Equivalence);

    private static bool Proves(string original, string? decoded, Equivalence equivalence)
    {
#pragma warning disable CA1031 // A proof that fails proves nothing (laws 4 and 8).
        try
        {
            return decoded is not null && LosslessProof.Holds(original, decoded, equivalence);
        }
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031
    }

    private string? Decoded(string text)
    {
#pragma warning disable CA1031 // A decoder that fails proves nothing (laws 4 and 8).
        try
        {
            return TextDecoder.Expand(compressors, text);
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }
}
