namespace Headroom.Retrieval;

/// <summary>An elided text taken apart: what its header says, what it shows, and what it leaves out.</summary>
/// <param name="Id">The id under which the original can be retrieved.</param>
/// <param name="Total">How many lines or rows the original has.</param>
/// <param name="Unit"><c>lines</c> or <c>rows</c>: the unit of <paramref name="Total"/> and <paramref name="Shown"/>.</param>
/// <param name="Shown">How many of them are shown.</param>
/// <param name="Parts">Kept parts (with the text between two gaps as one part, and no range: the text does not say it) and gaps, in order.</param>
public sealed record ElidedText(string Id, int Total, string Unit, int Shown, IReadOnlyList<ElidedPart> Parts)
{
    /// <summary>What was left out, in order.</summary>
    public IEnumerable<GapPart> Gaps => Parts.OfType<GapPart>();
}
