using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Code;

/// <summary>Source code, and any file shown with line numbers: repeated blocks are folded, every visible line is verbatim.</summary>
internal sealed class CodeCompressor : ContentCompressor
{
    public override string Name => "code";

    public override bool IsQuotable => true;

    public override double Probe(ReadOnlySpan<char> sample) => CodeProbe.Of(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) =>
        TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        string? folded = LineFold.Encode(request.Text);
        return folded is null ? [] : [new ReformattedCandidate("fold", folded, Equivalence.Bytes) { IsPlain = true }];
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => CodeElision.Select(request, budget);
}
