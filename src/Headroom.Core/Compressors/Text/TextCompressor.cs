using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Text;

/// <summary>The fallback for every text of several lines: whole lines and blocks that repeat are written once; of prose, what answers the question stays.</summary>
internal sealed class TextCompressor : ContentCompressor
{
    /// <summary>Just enough to be asked: every other kind knows more about its texts.</summary>
    private const double Fallback = 0.2;

    public override string Name => "text";

    public override double Probe(ReadOnlySpan<char> sample) => sample.Count('\n') >= 2 ? Fallback : 0;

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) =>
        LineFold.Encode(request.Text, overlaps: true) is { } folded ? [new ReformattedCandidate("fold", folded, Equivalence.Bytes) { IsPlain = true }] : [];

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => ProseElision.Select(request, budget);
}
