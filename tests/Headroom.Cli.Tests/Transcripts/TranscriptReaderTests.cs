using System.Text;
using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Tests.Transcripts;

public sealed class TranscriptReaderTests
{
    private const string Line = """{"role":"assistant","content":"b"}""";

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData(" \n\t\n", "it is empty")]
    [InlineData("hello\nworld\n", "it is not JSON")]
    [InlineData("{\"a\":1}\n", "holds no conversation of a format that is known")]
    [InlineData("[1,2,3]", "holds no conversation of a format that is known")]
    [InlineData("{\"role\":\"user\",\"content\":\"a\"}\n", "taken for chat, but holds no turn of a model")]
    [InlineData("{\"type\":\"summary\",\"summary\":\"x\",\"leafUuid\":\"y\"}", "taken for claude-code, but holds no turn of a model")]
    [InlineData("{\"trajectory\":[]}", "taken for swe-agent, but holds no turn of a model")]
    [InlineData("\0\0\0", "it is not text")]
    public void What_is_no_transcript_is_refused_with_a_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<TranscriptException>(() => TestTranscripts.Of(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Random_bytes_never_throw_anything_else()
    {
        var random = new Random(20261127);
        byte[] sample = File.ReadAllBytes(TestTranscripts.PathOf("codex-rollout.jsonl"));
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = [.. sample];
            for (int k = 0; k < 40; k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 3 == 0) Array.Resize(ref bytes, random.Next(bytes.Length));
            try
            {
                Assert.NotNull(TranscriptReader.Read(bytes));
            }
            catch (TranscriptException)
            {
                // A clear refusal is as good.
            }
        }
    }

    [Theory]
    [InlineData("claude-code-session.jsonl", TranscriptFormat.ClaudeCode)]
    [InlineData("codex-rollout.jsonl", TranscriptFormat.Codex)]
    [InlineData("swe-agent.traj", TranscriptFormat.SweAgent)]
    [InlineData("mini-swe-agent.traj.json", TranscriptFormat.SweAgent)]
    [InlineData("chat-messages.jsonl", TranscriptFormat.Chat)]
    [InlineData("chat-requests.jsonl", TranscriptFormat.Chat)]
    internal void The_format_is_found_out(string file, TranscriptFormat format)
    {
        Assert.Equal(format, TestTranscripts.Read(file).Format);
        Assert.Equal(format, TranscriptReader.Read(File.ReadAllBytes(TestTranscripts.PathOf(file)), format).Format);
    }

    [Fact]
    public void Every_format_has_a_name() => Assert.All(Enum.GetValues<TranscriptFormat>(), f => Assert.Equal(f, TranscriptFormats.Find(TranscriptFormats.NameOf(f))));

    [Fact]
    public void Broken_lines_are_counted_and_the_others_read()
    {
        Transcript read = TestTranscripts.Of("""{"role":"user","content":"a"}""", "{\"role\":", "", "12", Line, "not json at all", """{"content":"no role"}""");
        Assert.Single(read.Conversations.Single().Requests);
        Assert.Equal((4, 2), (read.BrokenLines, read.FirstBroken));
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_do_not_matter()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("\uFEFF" + """{"role":"user","content":"a"}""" + "\r\n" + Line + "\r\n");
        Assert.Equal(0, TranscriptReader.Read(bytes).BrokenLines);
    }

    [Fact]
    public void Lines_nested_beyond_measure_are_broken_lines()
    {
        Transcript read = TestTranscripts.Of("""{"role":"user","content":"a"}""", new string('[', 100_000), Line);
        Assert.Equal(1, read.BrokenLines);
    }
}
