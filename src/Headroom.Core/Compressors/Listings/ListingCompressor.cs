using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Listings;

/// <summary>Lists of files: <c>find</c>, globs, <c>ls</c>, <c>tree</c>, <c>du</c>, <c>wc -l</c>, <c>git diff --stat</c> and their like.</summary>
internal sealed class ListingCompressor : ContentCompressor
{
    public override string Name => "listing";

    public override double Probe(ReadOnlySpan<char> sample) => Math.Max(ListingProbe.Score(sample), StatListing.Score(sample));

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original)
    {
        original = PathListing.Decode(text) ?? TreeListing.Decode(text) ?? LongListing.Decode(text) ?? StatListing.Decode(text);
        return original is not null;
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => ListingSelector.Select(request, budget);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        LineText lines = LineText.Split(request.Text);
        List<ReformattedCandidate> candidates = [];
        if (TreeListing.Encode(lines) is { } tree) candidates.Add(new ReformattedCandidate("tree", tree, Equivalence.Bytes));
        else candidates.AddRange(PathListing.Encode(lines).Select(text => new ReformattedCandidate("paths", text, Equivalence.Bytes)));
        if (LongListing.Encode(lines) is { } rows) candidates.Add(new ReformattedCandidate("ls", rows, Equivalence.Bytes));
        if (StatListing.Encode(lines) is { } stat) candidates.Add(new ReformattedCandidate("stat", stat, Equivalence.Bytes));
        return candidates;
    }
}
