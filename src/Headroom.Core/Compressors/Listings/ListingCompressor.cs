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
        string? tree = TreeListing.Encode(lines);
        if (tree is not null) Add("tree", tree);
        if (LongListing.Encode(lines) is { } rows) Add("ls", rows);
        if (StatListing.Encode(lines) is { } stat) Add("stat", stat);
        if (tree is null)
        {
            foreach (string paths in PathListing.Encode(lines)) Add("paths", paths);
        }

        return candidates;

        void Add(string encoding, string text) => candidates.Add(new ReformattedCandidate(encoding, text, Equivalence.Bytes));
    }
}
