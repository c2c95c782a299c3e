using System.Diagnostics.CodeAnalysis;

namespace Headroom;

/// <summary>Knows one kind of text: recognises it, and proposes smaller forms of it.</summary>
/// <remarks>
/// Implementations are pure and thread-safe: no clock, no randomness, no state, no store, no token counts, no other compressor.
/// They take linear (or n log n) time whatever the text. What they propose is proven and counted by the pipeline, so a wrong
/// guess can cost savings but never correctness.
/// </remarks>
public abstract class ContentCompressor
{
    /// <summary>Stable lower-case name of the kind, such as <c>json</c>. Unique among the registered compressors.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether texts of this kind are quoted back exactly, as agents do when they edit code, configuration and diffs. Where a quotable kind is
    /// the surest, only candidates that are <see cref="ReformattedCandidate.IsPlain"/> are used, whoever proposes them.
    /// </summary>
    /// <value>The default is <see langword="false"/>: data and logs, which may be respelled.</value>
    public virtual bool IsQuotable => false;

    /// <summary>
    /// Whether respelled forms of this kind keep the values an agent copies next whole, so that they are welcome in short texts too. Other kinds
    /// keep their spelling below <see cref="HeadroomOptions.MinRespelledCharacters"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public virtual bool RespellsShortTexts => false;

    /// <summary>Whether this compressor heeds <see cref="CompressionRequest.Records"/>: a text that says what it consists of is cut by nobody else.</summary>
    internal virtual bool KnowsRecords => false;

    /// <summary>How sure this compressor is that the text is of its kind, from 0 (no) to 1 (certain).</summary>
    /// <param name="sample">The first <see cref="Routing.ContentRouter.SampleLength"/> characters of the text, or all of it if shorter.</param>
    public abstract double Probe(ReadOnlySpan<char> sample);

    /// <summary>Proposes whole reformatted forms, in any order. An empty text has none.</summary>
    /// <param name="request">The text and what precedes it.</param>
    public IReadOnlyList<ReformattedCandidate> Reformat(CompressionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Text.Length == 0 ? [] : ReformatCore(request);
    }

    /// <summary>Proposes a selection that leaves parts out, or <see langword="null"/> where nothing can be left out.</summary>
    /// <param name="request">The text and what precedes it.</param>
    /// <param name="budget">How long the visible part may be, in characters; a goal, not a limit.</param>
    public ElidedCandidate? Elide(CompressionRequest request, int budget)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(budget);
        return request.Text.Length == 0 ? null : ElideCore(request, budget);
    }

    /// <summary>Decodes a text that <see cref="Reformat"/> of this compressor proposed.</summary>
    /// <param name="text">A reformatted text.</param>
    /// <param name="original">What it decodes to.</param>
    /// <returns><see langword="false"/> when the text does not begin with a header of this compressor, or does not decode. Never throws.</returns>
    public virtual bool TryExpand(string text, [NotNullWhen(true)] out string? original)
    {
        original = null;
        return false;
    }

    /// <summary>Proposes whole reformatted forms of a text that is not empty.</summary>
    protected abstract IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request);

    /// <summary>Proposes a selection of a text that is not empty. The default proposes none.</summary>
    protected virtual ElidedCandidate? ElideCore(CompressionRequest request, int budget) => null;
}
