namespace Headroom.Compressors.Json;

internal sealed class JsonCompressor : ContentCompressor
{
    public override string Name => "json";

    public override double Probe(ReadOnlySpan<char> sample) => 0;

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) => [];
}
