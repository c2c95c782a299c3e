namespace Headroom.Compressors.Logs;

internal sealed class LogCompressor : ContentCompressor
{
    public override string Name => "log";

    public override double Probe(ReadOnlySpan<char> sample) => 0;

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) => [];
}
