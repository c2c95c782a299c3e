using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Config;

/// <summary>YAML, XML, TOML, INI, HCL and reports written in them: blocks that differ in a few places become a template and rows.</summary>
internal sealed class ConfigCompressor : ContentCompressor
{
    /// <summary>Lines that must lose alignment blanks, about a token each, to pay for a legend.</summary>
    private const int MinAlignedLines = 12;

    public override string Name => "config";

    public override double Probe(ReadOnlySpan<char> sample) => ConfigProbe.Of(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        var lines = new LineList(request.Text);
        List<ReformattedCandidate> candidates = [];
        Add("fold", LineFold.Encode(request.Text));
        List<TableRegion> records = RecordFinder.Find(lines);
        if (!ConfigShape.IsReport(request.Text)) records.RemoveAll(r => !ConfigShape.IsData(r));
        if (records.Count > 0) AddWithFold("records", TableText.Encode(request.Text, lines, records));
        ProposeKeyed();
        return candidates;

        void ProposeKeyed()
        {
            string[] all = request.Text.Split('\n');
            KeyedLines? best = null;
            int bestGain = MinAlignedLines;
            foreach (KeyedLines guess in KeyedLines.Guesses(all))
            {
                int gain = guess.Squeeze(all, TableGrammar.Raw).Gain;
                if (gain > bestGain) (best, bestGain) = (guess, gain);
            }

            if (best is null) return;
            List<TableRegion> tables = AlignedFinder.Find(lines);
            tables.RemoveAll(t => t.Layout.Columns < 3); // two columns may as well be keys and values
            AddWithFold("aligned", TableText.Encode(request.Text, lines, tables, best));
        }

        void AddWithFold(string encoding, string? text)
        {
            Add(encoding, text);
            if (text is not null) Add(encoding, LineFold.Encode(text));
        }

        void Add(string encoding, string? text)
        {
            if (text is not null) candidates.Add(new ReformattedCandidate(encoding, text, Equivalence.Bytes));
        }
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => ConfigElision.Select(request, budget);
}
