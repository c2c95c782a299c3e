namespace Headroom;

/// <summary>A proposal of a compressor. The pipeline proves it, counts it, and uses the cheapest.</summary>
/// <param name="Encoding">Stable short name of the encoding, such as <c>table</c>.</param>
public abstract record CompressionCandidate(string Encoding)
{
    private protected static string Checked(string text) => text ?? throw new ArgumentNullException(nameof(text));
}

/// <summary>Another spelling of the whole original.</summary>
/// <param name="Encoding">Stable short name of the encoding, such as <c>table</c>.</param>
/// <param name="Text">The new spelling. Its first line tells <see cref="ContentCompressor.TryExpand"/> which decoder applies.</param>
/// <param name="Equivalence">In what sense the decoded text equals the original.</param>
public sealed record ReformattedCandidate(string Encoding, string Text, Equivalence Equivalence) : CompressionCandidate(Encoding)
{
    /// <summary>
    /// Whether the text reads like the original: every line that is visible stands there verbatim (folded repeats aside), or the form is one
    /// that needs no legend, such as compact JSON or a cleaned terminal screen.
    /// </summary>
    /// <value>The default is <see langword="false"/>: a respelled form, which must save enough to be worth learning to read.</value>
    public bool IsPlain { get; init; }
}

/// <summary>A selection of the original: kept parts and gaps which together are the whole, in order.</summary>
/// <param name="Encoding">Stable short name of the selection, such as <c>rows</c>.</param>
/// <param name="Parts">Kept parts and gaps, in the order of the original.</param>
/// <param name="Total">The whole, as a range; its unit is the unit of the header line.</param>
public sealed record ElidedCandidate(string Encoding, IReadOnlyList<ElidedPart> Parts, ContentRange Total) : CompressionCandidate(Encoding);
