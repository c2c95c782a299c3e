using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Tables;

/// <summary>CSV and its relatives, cells between bars, and columns aligned with blanks: padding goes, and what all rows or neighbouring rows share is written once.</summary>
internal sealed class TableCompressor : ContentCompressor
{
    /// <summary>Rows from which the separator of aligned columns is chosen by the first ones: a second form of the whole takes as long as the first.</summary>
    private const int ManyRows = 2_000;

    public override string Name => "table";

    public override bool RespellsShortTexts => true; // there only numbers and dates are taken apart

    public override double Probe(ReadOnlySpan<char> sample) => TableProbe.Of(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        var lines = new LineList(request.Text);
        if (lines.Count < TableRegion.MinRows) return [];
        List<ReformattedCandidate> candidates = [];
        foreach (char separator in ",\t;|") Propose("delimited", DelimitedFinder.Find(lines, separator));
        Propose("bars", BarFinder.Find(lines));
        List<TableRegion> blanks = AlignedFinder.Find(lines);
        List<TableRegion> bars = [.. blanks.Select(r => r with { Layout = ((AlignedLayout)r.Layout).With('|') })];
        bool few = blanks.Sum(r => r.Rows.Count) < ManyRows;
        bool prefersBlanks = !few && TableWriter.CostOfSome(lines, blanks) <= TableWriter.CostOfSome(lines, bars);
        if (few || prefersBlanks) Propose("aligned", blanks);
        if (few || !prefersBlanks) Propose("aligned", bars);
        return candidates;

        void Propose(string encoding, List<TableRegion> regions)
        {
            if (regions.Count > 0 && TableText.Encode(request.Text, lines, regions) is { } text) candidates.Add(new ReformattedCandidate(encoding, text, Equivalence.Bytes));
        }
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => TableElision.Select(request, budget);
}
