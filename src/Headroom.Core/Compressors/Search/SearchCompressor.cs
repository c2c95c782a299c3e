using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Search;

/// <summary>Results of a text search, and whatever else prints <c>path:line:text</c>.</summary>
internal sealed class SearchCompressor : ContentCompressor
{
    public override string Name => "search";

    /// <remarks>What was found is code and gets quoted. The candidates keep it verbatim behind the line number.</remarks>
    public override bool IsQuotable => true;

    public override double Probe(ReadOnlySpan<char> sample) => SearchProbe.Score(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original)
    {
        original = GroupedHits.Decode(text) ?? NumberedLines.Decode(text) ?? BlameLines.Decode(text);
        return original is not null;
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => SearchSelector.Select(request, budget);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        LineText lines = LineText.Split(request.Text);
        List<ReformattedCandidate> candidates = [];
        if (GroupedHits.Encode(lines) is { } grouped) candidates.Add(new ReformattedCandidate("grouped", grouped, Equivalence.Bytes) { IsPlain = true });
        if (NumberedLines.Encode(lines) is { } numbered) candidates.Add(new ReformattedCandidate("numbered", numbered, Equivalence.Bytes) { IsPlain = true });
        if (BlameLines.Encode(lines) is { } blame) candidates.Add(new ReformattedCandidate("blame", blame, Equivalence.Bytes) { IsPlain = true });
        return candidates;
    }
}
