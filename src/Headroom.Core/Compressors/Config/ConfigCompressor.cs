using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Config;

/// <summary>Configuration that people edit: YAML, XML, TOML, INI, HCL. Repeated blocks are folded; every visible line is verbatim.</summary>
internal sealed class ConfigCompressor : ContentCompressor
{
    public override string Name => "config";

    public override bool IsQuotable => true;

    public override double Probe(ReadOnlySpan<char> sample) => ConfigProbe.Of(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) =>
        LineFold.Encode(request.Text) is { } folded ? [new ReformattedCandidate("fold", folded, Equivalence.Bytes) { IsPlain = true }] : [];

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => ConfigElision.Select(request, budget);
}
