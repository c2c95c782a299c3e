using System.Diagnostics.CodeAnalysis;
using Headroom.Tokens;

namespace Headroom.Cli.Tests.Wire;

/// <summary>Knows texts of two short lines, and respells <c>AAAA\nBBBB</c> as <c>half AAAA</c>: enough to see texts change on the wire.</summary>
internal sealed class HalvingCompressor : ContentCompressor
{
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);

    public List<string> Questions { get; } = [];

    public override string Name => "half";

    public override double Probe(ReadOnlySpan<char> sample) => sample.Length == 9 && sample[4] == '\n' ? 1 : 0;

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => _originals.TryGetValue(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        Questions.Add(request.Question);
        string half = "half " + request.Text[..4];
        _originals[half] = request.Text;
        return [new ReformattedCandidate("half", half, Equivalence.Bytes) { IsPlain = true }];
    }
}

/// <summary>Counts a line end as five, so that a text on one line is the smaller one.</summary>
internal sealed class LengthCounter : ITokenCounter
{
    public string Name => "length";

    public bool IsEstimate => true;

    public int Count(ReadOnlySpan<char> text) => text.Length + 4 * text.Count('\n');
}
