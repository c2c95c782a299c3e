using System.Globalization;
using Headroom.Cli.Wire;
using Headroom.Diagnostics;

namespace Headroom.Cli.Commands;

/// <summary>Writes what <c>compress --explain</c> says: proposals, counts, verdicts and the reason. Shows no content.</summary>
internal static class Explanation
{
    public static void Write(TextWriter talk, string name, ItemOutcome outcome)
    {
        talk.WriteLine(Invariant($"{name}: {OutcomeJson.NameOf(outcome.Form)}, {outcome.TokensBefore:N0} -> {outcome.TokensAfter:N0} tokens (o200k_base){Saved(outcome)}"));
        talk.WriteLine($"  kind {outcome.Kind}{(outcome.Encoding.Length > 0 ? ", encoding " + outcome.Encoding : "")}");
        talk.WriteLine("  reason: " + Sentence(outcome.Reason));
        if (outcome.Elision != ElisionDecision.NotConsidered) talk.WriteLine("  cut: " + Sentence(outcome.Elision));
        if (outcome.OriginalId is not null) talk.WriteLine("  original: headroom retrieve " + outcome.OriginalId);
        if (outcome.Candidates.Count == 0) return;
        talk.WriteLine("  probe  kind        encoding          tokens  verdict");
        foreach (CandidateReport c in outcome.Candidates)
        {
            string encoding = c.Encoding.Length > 0 ? c.Encoding : "-";
            string tokens = c.Encoding.Length > 0 ? Invariant($"{c.Tokens:N0}") : "-";
            talk.WriteLine(Invariant($"  {c.Probe,5:0.00}  {c.Kind,-10}  {encoding,-14}  {tokens,8}  {Sentence(c.Verdict)}"));
        }
    }

    private static string Saved(ItemOutcome outcome) => outcome.TokensAfter < outcome.TokensBefore
        ? Invariant($", {100.0 * (outcome.TokensBefore - outcome.TokensAfter) / outcome.TokensBefore:0.0} % fewer")
        : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(OutcomeReason reason) => reason switch
    {
        OutcomeReason.Compressed => "a smaller form was found, proven and used",
        OutcomeReason.RetrievedText => "this is text the model asked back; it is never compressed again",
        OutcomeReason.AlreadyCompressed => "the text already is Headroom's output, or looks like it",
        OutcomeReason.TooSmall => "too short for any form to save a token",
        OutcomeReason.TooLarge => "longer than the largest item Headroom takes",
        OutcomeReason.NoCompressor => "no compressor recognised the text",
        OutcomeReason.NothingSmaller => "nothing that was proposed has fewer tokens",
        OutcomeReason.ProofFailed => "something smaller was proposed, but it did not decode to the original",
        OutcomeReason.MadeRoom => "the context window filled up, and this older result gave way to a marker",
        OutcomeReason.CompressorFailed => "a compressor failed on this text, so the original passes",
        _ => OutcomeJson.NameOf(reason),
    };

    private static string Sentence(ElisionDecision decision) => decision switch
    {
        ElisionDecision.Elided => "yes",
        ElisionDecision.BelowThreshold => "no, the text is small enough to be sent whole",
        ElisionDecision.RetrievalUnavailable => "no, the model cannot call headroom_retrieve",
        ElisionDecision.StoreUnavailable => "no, the original could not be stored and read back",
        ElisionDecision.NoCandidate => "no, no compressor knows what to leave out of this text",
        ElisionDecision.MarkerLookAlike => "no, the text contains lines that look like markers",
        ElisionDecision.NotWorthwhile => "no, it would not save enough to be worth a retrieval",
        _ => OutcomeJson.NameOf(decision),
    };

    private static string Sentence(CandidateVerdict verdict) => verdict switch
    {
        CandidateVerdict.Chosen => "chosen",
        CandidateVerdict.NotCheapest => "not the cheapest",
        CandidateVerdict.ProofFailed => "did not decode to the original",
        CandidateVerdict.NoProposal => "proposed nothing",
        CandidateVerdict.Failed => "failed",
        CandidateVerdict.Withheld => "withheld",
        _ => OutcomeJson.NameOf(verdict),
    };
}
