namespace Headroom.Compressors.Code;

public sealed class NumberedLinesTests
{
    private static readonly CodeCompressor Compressor = new();

    [Fact]
    public void Every_candidate_for_any_text_decodes_exactly()
    {
        int seed = 3;
        foreach (string text in SeededTexts.Make(seed: 23, count: 800))
        {
            string[] lines = text.Split('\n');
            int first = seed++ % 130;
            RoundTrip.Check(Compressor, text);
            RoundTrip.Check(Compressor, string.Join('\n', lines.Select((l, i) => $"{first + i,6}\t{l}")));
            RoundTrip.Check(Compressor, "intro\n" + string.Join('\n', lines.Select((l, i) => i % 29 == 28 ? l : $"{first + i}: {l}")));
        }
    }

    [Theory]
    [InlineData("{0,6}\t{1}")]
    [InlineData("{0,6}\u2192{1}")]
    [InlineData("{0}: {1}")]
    [InlineData("{0}:{1}")]
    [InlineData("{0}|{1}")]
    [InlineData("{0,4} | {1}")]
    public void The_first_and_each_tenth_number_stay(string format)
    {
        string text = string.Join('\n', Enumerable.Range(95, 30).Select(n => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, n, n == 100 ? "}" : $"    x{n} = y;")));
        string[] lines = RoundTrip.Check(Compressor, text).Single(c => c.Encoding == "numbered").Text.Split('\n')[1..];
        Assert.Equal([0, 5, 15, 25], Enumerable.Range(0, 30).Where(i => char.IsAsciiDigit(lines[i][0])));
        Assert.EndsWith("    x96 = y;", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_do_not_count_up_stay()
    {
        string text = string.Join('\n', Enumerable.Range(1, 40).Select(n => $"{n * 3}:match number {n}"));
        Assert.DoesNotContain(RoundTrip.Check(Compressor, text), c => c.Encoding == "numbered");
    }

    [Theory]
    [InlineData("[line numbers left out but for the first and each 10th: 1-3; written 6 wide, then tab]\n1\ta\nb")]
    [InlineData("[line numbers left out but for the first and each 10th: 3-1; written 6 wide, then tab]\n3\ta")]
    [InlineData("[line numbers left out but for the first and each 10th: 1-1; written 6 wide, then semicolon]\n1\ta")]
    [InlineData("[line numbers left out but for the first and each 10th: 9-10; written 6 wide, then tab]\n9\ta\n11\tb")]
    public void A_legend_with_nonsense_behind_it_does_not_decode(string text) => Assert.False(Compressor.TryExpand(text, out _));
}
