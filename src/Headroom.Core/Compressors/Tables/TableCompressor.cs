using System.Diagnostics.CodeAnalysis;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Tables;

/// <summary>CSV and its relatives, cells between bars, and columns aligned with blanks: padding goes, and what all rows or neighbouring rows share is written once.</summary>
internal sealed class TableCompressor : ContentCompressor
{
    public override string Name => "table";

    public override double Probe(ReadOnlySpan<char> sample) => TableProbe.Of(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableReader.TryRead(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        var lines = new LineList(request.Text);
        if (lines.Count < TableRegion.MinRows) return [];
        List<ReformattedCandidate> candidates = [];
        foreach (char separator in ",\t;|") Propose("delimited", DelimitedFinder.Find(lines, separator));
        Propose("bars", BarFinder.Find(lines));
        List<TableRegion> aligned = AlignedFinder.Find(lines);
        Propose("aligned", aligned);
        Propose("aligned", [.. aligned.Select(r => r with { Layout = ((AlignedLayout)r.Layout).With('|') })]);
        return candidates;

        void Propose(string encoding, List<TableRegion> regions)
        {
            if (regions.Count > 0 && Encode(lines, regions) is { } text && TableReader.TryRead(text, out string? decoded) && decoded == request.Text)
                candidates.Add(new ReformattedCandidate(encoding, text, Equivalence.Bytes));
        }
    }

    /// <summary>The whole text with its tables encoded where that wins; <see langword="null"/> where it wins nowhere.</summary>
    private static string? Encode(LineList lines, List<TableRegion> regions)
    {
        List<string> output = [""];
        HashSet<ColumnCodeKind> kinds = [];
        int next = 0, tables = 0;
        foreach (TableRegion region in regions)
        {
            if (TableWriter.Write(lines, region) is not { } table) continue;
            int before = 0;
            for (int i = region.First; i < region.End; i++) before += TokenEstimate.Of(lines[i]) + 1;
            if (table.Cost >= before) continue;
            Verbatim(region.First);
            output.AddRange(table.Lines);
            kinds.UnionWith(table.Kinds);
            next = region.End;
            tables++;
        }

        if (tables == 0) return null;
        Verbatim(lines.Count);
        output[0] = TableGrammar.Legend(kinds);
        return string.Join('\n', output);

        void Verbatim(int end)
        {
            for (; next < end; next++) output.Add((TableGrammar.NeedsEscape(lines[next]) ? TableGrammar.Raw : "") + lines[next].ToString());
        }
    }
}
