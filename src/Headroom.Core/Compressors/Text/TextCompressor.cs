using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Text;

/// <summary>The fallback for every text of several lines: whole lines and blocks that repeat are written once; of prose, what answers the question stays.</summary>
internal sealed class TextCompressor : ContentCompressor
{
    /// <summary>Just enough to be asked: every other kind knows more about its texts.</summary>
    private const double Fallback = 0.2;

    /// <summary>Surer than kinds that see a list or a setting in every fifth line of a document.</summary>
    private const double Prose = 0.42;

    /// <summary>Share of the characters in sentences from which a text is a document; the rest may be code and tables it shows.</summary>
    private const double MinSentences = 0.22;

    public override string Name => "text";

    internal override bool KnowsRecords => true;

    public override double Probe(ReadOnlySpan<char> sample) => sample.Count('\n') < 2 ? 0 : SentenceShare(sample) >= MinSentences ? Prose : Fallback;

    /// <summary>Characters in lines of a dozen words or so, nearly all letters, that begin like a sentence: no log, table or code has many.</summary>
    private static double SentenceShare(ReadOnlySpan<char> sample)
    {
        int all = 0, sentences = 0;
        foreach (ReadOnlySpan<char> line in sample.EnumerateLines())
        {
            ReadOnlySpan<char> text = line.Trim();
            all += text.Length;
            if (text.Length < 60 || !char.IsLetter(text[0])) continue;
            int letters = 0, blanks = 0;
            foreach (char c in text)
            {
                if (char.IsLetter(c)) letters++;
                else if (c == ' ') blanks++;
            }

            bool words = blanks >= 8 && letters + blanks >= 0.9 * text.Length && letters <= 8 * blanks;
            if (words && text.IndexOfAny(".,:;") > 0) sentences += text.Length;
        }

        return all == 0 ? 0 : (double)sentences / all;
    }

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => TableText.TryDecode(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) =>
        LineFold.Encode(request.Text, overlaps: true) is { } folded ? [new ReformattedCandidate("fold", folded, Equivalence.Bytes) { IsPlain = true }] : [];

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => ProseElision.Select(request, budget);
}
