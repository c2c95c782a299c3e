namespace Headroom.Routing;

public sealed class ContentSegmenterTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n\n")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("<output>\nAAAA\nAAAA\n</output>\n")]
    [InlineData("stdout:\nAAAA\n\nBBBB\n\nAAAA")]
    [InlineData("```\r\nAAAA\r\n```\r\n\r\nBBBB\r\n")]
    [InlineData("x\n\n```\n\n```")]
    public void Segments_joined_by_a_line_end_are_the_whole(string text)
    {
        IReadOnlyList<ContentSegment> segments = ContentSegmenter.Split(text, new ContentRouter([new LetterCompressor('A'), new LetterCompressor('B')]));
        Assert.Equal(text, string.Join('\n', segments.Select(s => text.Substring(s.Start, s.Length))));
    }

    [Fact]
    public void Blocks_of_one_kind_stay_together_and_kinds_are_split()
    {
        string a = string.Join('\n', Enumerable.Repeat("AAAAAAAA", 40)), b = string.Join('\n', Enumerable.Repeat("BBBBBBBB", 40));
        IReadOnlyList<ContentSegment> segments =
            ContentSegmenter.Split($"{a}\n\n{a}\n\n{b}", new ContentRouter([new LetterCompressor('A'), new LetterCompressor('B')]));
        Assert.Equal(["A", "B"], segments.Select(s => s.Kind));
    }

    [Fact]
    public async Task A_text_that_mixes_kinds_is_encoded_part_by_part_and_decodes_to_itself()
    {
        string a = string.Join('\n', Enumerable.Repeat("AAAAAAAA", 60)), b = string.Join('\n', Enumerable.Repeat("BBBBBBBB", 60));
        string text = $"<output>\n{a}\n\n{b}\n</output>";
        var compressor = new ConversationCompressor(new HeadroomOptions { MinRespelledCharacters = 0 }, compressors: [new LetterCompressor('A'), new LetterCompressor('B')]);
        ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = text }, new ConversationContext());
        Assert.Equal(("mixed", "parts"), (outcome.Kind, outcome.Encoding));
        Assert.Equal(text, compressor.Expand(outcome.Text));
    }

    /// <summary>Knows blocks of lines that are one repeated letter; writes "60 lines of 8 A".</summary>
    private sealed class LetterCompressor(char letter) : ContentCompressor
    {
        public override string Name => letter.ToString();

        public override double Probe(ReadOnlySpan<char> sample) => (double)sample.Count(letter) / Math.Max(1, sample.Length) > 0.7 ? 1 : 0;

        public override bool TryExpand(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? original)
        {
            string[] words = text.TrimEnd('\n').Split(' ');
            original = words.Length == 5 && words[1] == "lines" && words[4] == Name
                ? string.Join('\n', Enumerable.Repeat(new string(letter, int.Parse(words[3])), int.Parse(words[0]))) + (text.EndsWith('\n') ? "\n" : "")
                : null;
            return original is not null;
        }

        protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
        {
            string[] lines = request.Text.TrimEnd('\n').Split('\n');
            string end = request.Text.EndsWith('\n') ? "\n" : "";
            return lines.All(l => l == new string(letter, lines[0].Length))
                ? [new ReformattedCandidate("run", $"{lines.Length} lines of {lines[0].Length} {letter}{end}", Equivalence.Bytes)]
                : [];
        }
    }

    [Fact]
    public async Task JSON_set_off_by_prose_keeps_its_escapes()
    {
        string record = string.Join(",\n", Enumerable.Range(1, 30).Select(i => $$"""{"id": {{i}}, "title": "rule \"{{i}}\" of the list", "state": "open"}"""));
        string text = $"Run this:\n\n```json\n[{record}]\n```\n\nThen tell me what it says.";
        ItemOutcome outcome = await new ConversationCompressor().CompressAsync(new ContextItem { Text = text }, new ConversationContext());
        Assert.Contains("""rule \"7\" of the list""", outcome.Text, StringComparison.Ordinal);
    }
}
