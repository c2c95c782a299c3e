using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Diffs;

/// <summary>Diffs as git, <c>diff -u</c> and Subversion print them, with the text of logs and mails around them.</summary>
internal sealed class DiffCompressor : ContentCompressor
{
    public override string Name => "diff";

    public override bool IsQuotable => true;

    public override double Probe(ReadOnlySpan<char> sample)
    {
        int lines = 0, hunks = 0, inside = 0, headers = 0;
        bool inHunk = false;
        foreach (ReadOnlySpan<char> line in sample.EnumerateLines())
        {
            lines++;
            if (line.StartsWith("diff --git ") || line.StartsWith("Index: ") || line.StartsWith("diff -")) (headers, inHunk) = (headers + 1, false);
            if (line.StartsWith("@@") && HunkHeader.Read(line) is not null) (hunks, inHunk) = (hunks + 1, true);
            else if (inHunk && (line.Length == 0 || line[0] is ' ' or '+' or '-' or '\\')) inside++;
        }

        return headers + hunks == 0 ? 0 : Math.Min(1, 0.2 + (inside + 5.0 * headers + hunks) / lines);
    }

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original)
    {
        original = FoldedDiff.Decode(text);
        return original is not null;
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget) => DiffSelector.Select(request, budget);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        LineText lines = LineText.Split(request.Text);
        return FoldedDiff.Encode(lines) is { } folded ? [new ReformattedCandidate("headers", folded, Equivalence.Bytes) { IsPlain = true }] : [];
    }
}
