using System.Diagnostics.CodeAnalysis;

namespace Headroom.TestSupport;

/// <summary>A small compressor to test front doors with: texts of lines like <c>row 17: …</c>. It writes the prefix once, and leaves out all but the ends.</summary>
public sealed class NumberedLinesCompressor : ContentCompressor
{
    private const string Header = "rows:\n";

    public override string Name => "numbered";

    /// <summary>A text of its kind.</summary>
    public static string Text(int lines, string word = "some words of a line") =>
        string.Join('\n', Enumerable.Range(1, lines).Select(i => $"row {i}: {word} {i * 7919 % 1000}"));

    public override double Probe(ReadOnlySpan<char> sample) => sample.StartsWith("row 1: ", StringComparison.Ordinal) ? 1 : 0;

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original)
    {
        original = text.StartsWith(Header, StringComparison.Ordinal)
            ? string.Join('\n', text[Header.Length..].Split('\n').Select((line, i) => $"row {i + 1}: {line}"))
            : null;
        return original is not null;
    }

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) =>
        [new ReformattedCandidate("bare", Header + string.Join('\n', request.Text.Split('\n').Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..])), Equivalence.Bytes)];

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget)
    {
        string[] lines = request.Text.Split('\n');
        if (lines.Length < 10) return null;
        return new ElidedCandidate(
            "ends",
            [
                new KeptPart(string.Join('\n', lines[..3]), ContentRange.Lines(1, 3)),
                new GapPart(ContentRange.Lines(4, lines.Length - 3), "more rows"),
                new KeptPart(string.Join('\n', lines[^3..]), ContentRange.Lines(lines.Length - 2, lines.Length)),
            ],
            ContentRange.Lines(1, lines.Length));
    }
}
