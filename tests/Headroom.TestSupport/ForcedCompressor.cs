using System.Diagnostics.CodeAnalysis;

namespace Headroom.TestSupport;

/// <summary>A compressor that claims every text, whatever its own probe says: a wrong guess of the router, made on purpose.</summary>
public sealed class ForcedCompressor(ContentCompressor inner) : ContentCompressor
{
    public override string Name => inner.Name;

    public override double Probe(ReadOnlySpan<char> sample) => 1;

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => inner.TryExpand(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) => inner.Reformat(request);

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => inner.Elide(request, budget);
}
