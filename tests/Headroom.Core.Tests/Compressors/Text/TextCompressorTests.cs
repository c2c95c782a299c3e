using FsCheck;
using FsCheck.Fluent;

namespace Headroom.Compressors.Text;

public sealed class TextCompressorTests
{
    private static readonly TextCompressor Compressor = new();

    [Fact]
    public void Every_candidate_for_any_text_decodes_exactly()
    {
        foreach (string text in SeededTexts.Make(seed: 7, count: 1_500)) RoundTrip.Check(Compressor, text);
    }

    [Fact]
    public void Any_sequence_of_few_different_lines_decodes_exactly()
    {
        string[] pool = ["", "}", "    return Task.CompletedTask; // nothing else to do here, honestly", "[= lines 1-2: x]", "[== 4 more", "\r", "[=", "a long enough line of text to be worth a reference when it comes again"];
        Prop.ForAll<int[]>(picks => RoundTrip.Check(Compressor, string.Join('\n', picks.Select(p => pool[(int)((uint)p % pool.Length)]))).Count >= 0)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_block_that_stands_again_becomes_one_line()
    {
        string block = "/* Licensed under the MIT licence; see the file LICENSE for the terms, which apply here. */\n/* Copyright the authors of this small example project. */\nusing System.Linq;\n";
        string folded = Assert.Single(RoundTrip.Check(Compressor, block + "one\n" + block + "two\n" + block + "three")).Text;
        Assert.Equal(2, folded.Split('\n').Count(l => l.StartsWith("[= lines 1-3: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Lines_that_never_repeat_take_linear_time()
    {
        string text = string.Join('\n', Enumerable.Range(0, 300_000));
        TimeSpan start = Environment.CpuUsage.TotalTime;
        Assert.Empty(Compressor.Reformat(new CompressionRequest(text)));
        Assert.True(Environment.CpuUsage.TotalTime - start < TimeSpan.FromSeconds(10)); // well below a second; minutes where neighbours hash alike
    }

    [Fact]
    public void A_run_of_one_line_becomes_the_line_and_a_count()
    {
        string text = string.Concat(Enumerable.Repeat("waiting for the database to accept connections\n", 40)) + "connected";
        Assert.Equal(["waiting for the database to accept connections", "[= 39 more of the line above]", "connected"],
            Assert.Single(RoundTrip.Check(Compressor, text)).Text.Split('\n')[1..]);
    }

    [Fact]
    public void Lines_that_look_like_references_survive()
    {
        string text = "[= lines 1-2: x]\n[== y\n" + string.Concat(Enumerable.Repeat("[= 4 more of the line above] and so on, at some length, to be worth it\n", 30));
        Assert.Single(RoundTrip.Check(Compressor, text));
    }

    [Theory]
    [InlineData("[= last 6 characters of line 1: x]")]
    [InlineData("[= last 5 characters of line 2: x]")]
    [InlineData("[= last 5 characters of line 0: x]")]
    [InlineData("[= last 5 characters of line 1: x")]
    [InlineData("[= lines 1-2: x]")]
    [InlineData("[= lines 0-1: x]")]
    [InlineData("[= line 3: x]")]
    [InlineData("[= lines 2-1: x]")]
    [InlineData("[= 0 more of the line above]")]
    [InlineData("[= 2 more of the 5 lines above]")]
    [InlineData("[= 99999999999 more of the line above]")]
    [InlineData("[= 999999999 more of the line above]")]
    public void An_impossible_reference_does_not_decode(string reference)
    {
        Assert.False(Compressor.TryExpand(Internal.Lines.LineFold.Header + "first\n" + reference, out _));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Chunks_that_overlap_within_a_line_are_written_once(string lineEnd)
    {
        string[] sentences = [.. Enumerable.Range(1, 60).Select(i => $"Sentence {i * 37} of the handbook says what to do [case {i}] when the pressure of tank {i % 9} falls below {i * 13} hectopascals.")];
        string text = string.Concat(Enumerable.Range(0, 14).Select(c => $"chunk {c}:{lineEnd}{string.Join(' ', sentences.Skip(c * 4).Take(6))}{lineEnd}{lineEnd}"));
        ReformattedCandidate folded = Assert.Single(RoundTrip.Check(Compressor, text));
        Assert.Contains("[= last ", folded.Text);
        Assert.True(folded.Text.Length < text.Length * 0.8, $"{folded.Text.Length} of {text.Length}");
        foreach (string sentence in sentences.Take(56)) Assert.Equal(1, folded.Text.AsSpan().Count(sentence));
    }

    [Fact]
    public void Without_enough_repetition_there_is_no_proposal()
    {
        Assert.Empty(Compressor.Reformat(new CompressionRequest("one\ntwo\nthree\none\ntwo\n")));
    }
}
