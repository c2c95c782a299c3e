using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Config;

/// <summary>What machines write about machines in the languages of configuration: test reports, dumps of live objects, <c>kubectl describe</c>.</summary>
/// <remarks>Nobody edits these by quoting them, so like blocks become a template and rows, and aligned values lose their blanks.</remarks>
internal sealed class ReportCompressor : ContentCompressor
{
    /// <summary>Lines that must lose alignment blanks, about a token each, to pay for a legend.</summary>
    private const int MinAlignedLines = 12;

    public override string Name => "report";

    public override bool RespellsShortTexts => true; // there only numbers and dates are taken apart

    public override double Probe(ReadOnlySpan<char> sample) => ReportShape.Probe(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        var lines = new LineList(request.Text);
        List<ReformattedCandidate> candidates = [];
        List<TableRegion> records = RecordFinder.Find(lines);
        if (!ReportShape.IsReport(request.Text)) records.RemoveAll(r => !ReportShape.IsData(r));
        if (records.Count > 0) AddWithFold("records", TableText.Encode(request.Text, lines, records), isPlain: false);
        if (Alignment(request.Text) is { } alignment)
        {
            AddWithFold("values", TableText.Encode(request.Text, lines, [], alignment), isPlain: true); // reads as the original does, blanks aside
            List<TableRegion> tables = AlignedFinder.Find(lines);
            tables.RemoveAll(t => t.Layout.Columns < 3); // two columns may as well be keys and values
            if (tables.Count > 0) AddWithFold("values", TableText.Encode(request.Text, lines, tables, alignment), isPlain: false);
        }

        return candidates;

        void AddWithFold(string encoding, string? text, bool isPlain)
        {
            if (text is null) return;
            candidates.Add(new ReformattedCandidate(encoding, text, Equivalence.Bytes) { IsPlain = isPlain });
            if (LineFold.Encode(text) is { } folded) candidates.Add(new ReformattedCandidate(encoding, folded, Equivalence.Bytes) { IsPlain = isPlain });
        }
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => ConfigElision.Select(request, budget);

    /// <summary>The way in which most values of a text are aligned with their keys, or <see langword="null"/>.</summary>
    private static KeyedLines? Alignment(string text)
    {
        string[] lines = text.Split('\n');
        KeyedLines? best = null;
        int bestGain = MinAlignedLines;
        foreach (KeyedLines guess in KeyedLines.Guesses(lines))
        {
            int gain = guess.Squeeze(lines, TableGrammar.Raw).Gain;
            if (gain > bestGain) (best, bestGain) = (guess, gain);
        }

        return best;
    }
}
