using Headroom.Compressors.Logs;

namespace Headroom.Tests.Compressors.Logs;

public sealed class LogCompressorTests
{
    private readonly LogCompressor _compressor = new();

    [Fact]
    public void Times_values_and_names_of_a_statement_are_written_once()
    {
        string text = LogSamples.Service(100);
        string folded = Folded(text);
        Assert.True(folded.Length < text.Length / 4, folded);
        Assert.Contains("{2026-03-04T09:00:00Z}".Replace("Z}", "}Z", StringComparison.Ordinal), folded);
        Assert.Contains("\n02 14\n", folded); // second 02, 14 ms
    }

    [Fact]
    public void Lines_that_always_follow_each_other_share_a_row()
    {
        string text = string.Concat(Enumerable.Range(10, 30).Select(i => $"12:00:{i} Sending mail to user{i * 37}\n12:00:{i} Mail to user{i * 37} was sent\n"));
        Assert.Contains("\n11 user407\n", Folded(text));
    }

    [Fact]
    public void Repeated_blocks_refer_to_their_lines()
    {
        string block = "The quick brown fox jumps\nover the lazy dog and then\nsleeps until the next morning\nwhen it all begins anew\n";
        Assert.Contains("[= lines 1-4]", Folded(block + "something else\n" + block));
    }

    [Fact]
    public void A_run_of_equal_lines_is_counted()
    {
        Assert.Contains("[last line x49 more]", Folded(string.Concat(Enumerable.Repeat("waiting for the database to come up again, attempt failed\n", 50))));
    }

    [Fact]
    public void Text_without_control_characters_keeps_every_byte()
    {
        foreach (ReformattedCandidate candidate in _compressor.Reformat(new CompressionRequest(LogSamples.Service(50)))) Assert.Equal(Equivalence.Bytes, candidate.Equivalence);
    }

    [Fact]
    public void A_text_that_begins_with_another_line_is_not_decoded()
    {
        Assert.False(_compressor.TryExpand("", out _));
        Assert.False(_compressor.TryExpand("[log {}: something]\nx", out _));
        Assert.False(_compressor.TryExpand("hello", out _));
    }

    [Fact]
    public void A_text_that_claims_to_repeat_for_ever_is_refused()
    {
        string head = Folded(LogSamples.Service(20)).Split('\n')[0];
        Assert.False(_compressor.TryExpand(head + "\na\n[last line x2000000000 more]", out _));
        Assert.False(_compressor.TryExpand(head + "\na" + string.Concat(Enumerable.Range(1, 60).Select(i => $"\n[= lines 1-{1 << Math.Min(i - 1, 29)}]")), out _));
    }

    [Fact]
    public void One_enormous_line_is_left_alone() =>
        Assert.Empty(_compressor.Reformat(new CompressionRequest(string.Concat(Enumerable.Repeat("word 1 ", 200_000)).TrimEnd())));

    [Theory]
    [InlineData("2026-03-04T09:00:01Z INFO api started\n2026-03-04T09:00:02Z INFO api ready\n")]
    [InlineData("Mar 27 13:06:56 host sshd[1291]: Server listening on 0.0.0.0 port 22.\n")]
    [InlineData("============ test session starts ============\ncollected 3 items\n\na.py ..F\n")]
    [InlineData("\u001b[32mok\u001b[0m 12 checks\n")]
    [InlineData("  Restored /src/A.csproj (in 12 ms).\n/src/A.cs(2,4): error CS0246: The type 'B' could not be found\n\nBuild FAILED.\n")]
    public void Logs_and_terminal_output_are_recognised(string text) => Assert.True(_compressor.Probe(text) >= 0.4);

    [Theory]
    [InlineData("using System;\n\npublic class A\n{\n    public int B { get; set; }\n}\n")]
    [InlineData("def f(x):\n    return x + 1\n\nclass A:\n    def g(self):\n        pass\n")]
    [InlineData("diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-error: old\n+error: new\n")]
    [InlineData("name: ci\non: push\njobs:\n  build:\n    runs-on: linux\n    steps:\n      - run: make\n")]
    [InlineData("# Title\n\nSome prose about errors that may occur.\n\n- one\n- two\n")]
    [InlineData("{\"a\": 1, \"b\": [1, 2, 3]}")]
    [InlineData("src/a.cs:12:    throw new Exception();\nsrc/b.cs:40:    // error handling\n")]
    public void Quotable_and_other_kinds_are_left_to_others(string text) => Assert.True(_compressor.Probe(text) < 0.2);

    private string Folded(string text) => _compressor.Reformat(new CompressionRequest(text)).Single(c => c.Encoding == "folded").Text;
}
