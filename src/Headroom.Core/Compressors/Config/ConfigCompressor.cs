using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Config;

/// <summary>YAML, XML, TOML, INI, HCL and reports written in them: blocks that differ in a few places become a template and rows.</summary>
internal sealed class ConfigCompressor : ContentCompressor
{
    public override string Name => "config";

    public override double Probe(ReadOnlySpan<char> sample) => ConfigProbe.Of(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        var lines = new LineList(request.Text);
        List<ReformattedCandidate> candidates = [];
        if (LineFold.Encode(request.Text) is { } folded) candidates.Add(new ReformattedCandidate("fold", folded, Equivalence.Bytes));
        List<TableRegion> records = RecordFinder.Find(lines);
        if (records.Count > 0 && TableText.Encode(request.Text, lines, records) is { } text)
        {
            candidates.Add(new ReformattedCandidate("records", text, Equivalence.Bytes));
            if (LineFold.Encode(text) is { } both) candidates.Add(new ReformattedCandidate("records", both, Equivalence.Bytes));
        }

        return candidates;
    }
}
