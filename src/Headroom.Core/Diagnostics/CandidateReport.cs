namespace Headroom.Diagnostics;

/// <summary>What became of one proposal for an item: the material of <c>headroom compress --explain</c>. Holds no content.</summary>
/// <param name="Kind">Name of the compressor that proposed it.</param>
/// <param name="Probe">How sure that compressor was, from 0 to 1.</param>
/// <param name="Encoding">Name of the proposed encoding; empty when it proposed nothing.</param>
/// <param name="Tokens">Tokens of the proposal; 0 when it proposed nothing.</param>
/// <param name="Verdict">What became of it.</param>
public readonly record struct CandidateReport(string Kind, double Probe, string Encoding, int Tokens, CandidateVerdict Verdict);

/// <summary>What became of a proposal.</summary>
public enum CandidateVerdict
{
    /// <summary>It was used.</summary>
    Chosen,

    /// <summary>Another proposal, or the original, has fewer tokens.</summary>
    NotCheapest,

    /// <summary>It did not decode to the original.</summary>
    ProofFailed,

    /// <summary>The compressor proposed nothing.</summary>
    NoProposal,

    /// <summary>The compressor failed.</summary>
    Failed,

    /// <summary>It would have been used, but the original could not be kept retrievable, or the saving was not worth it.</summary>
    Withheld,
}
