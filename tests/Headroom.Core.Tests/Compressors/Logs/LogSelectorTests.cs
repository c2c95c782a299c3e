using Headroom.Compressors.Logs;
using Headroom.Internal.Terminal;

namespace Headroom.Tests.Compressors.Logs;

public sealed class LogSelectorTests
{
    private readonly LogCompressor _compressor = new();

    [Fact]
    public void Errors_stay_with_their_trace_and_the_rest_is_named()
    {
        string text = LogSamples.Service(2_000);
        ElidedCandidate elided = Assert.IsType<ElidedCandidate>(_compressor.Elide(new CompressionRequest(text), 4_000));
        string visible = Visible(elided);
        Assert.Contains("ERROR db Pool exhausted", visible);
        Assert.Contains("at com.acme.Db.open(Db.java:88)", visible);
        Assert.StartsWith("2026-03-04T09:00:00Z", visible);
        GapPart gap = elided.Parts.OfType<GapPart>().First();
        Assert.StartsWith("all \"INFO api GET /health 200 in * ms\", 09:0", gap.Phrase);
        AssertPartition(text, elided);
    }

    [Fact]
    public void A_line_that_holds_a_word_of_the_question_stays()
    {
        string text = LogSamples.Service(1_500).Replace("09:07:31Z INFO api GET /health 200 in", "09:07:31Z INFO api GET /wombat 200 in", StringComparison.Ordinal);
        ElidedCandidate elided = _compressor.Elide(new CompressionRequest(text) { Question = "When was the wombat fed?" }, 3_000)!;
        Assert.Contains("/wombat", Visible(elided));
    }

    [Fact]
    public void The_last_lines_stay()
    {
        string text = LogSamples.Service(1_500) + "== 1 failed, 211 passed in 3.20s ==\n";
        ElidedCandidate elided = _compressor.Elide(new CompressionRequest(text), 2_000)!;
        Assert.EndsWith("== 1 failed, 211 passed in 3.20s ==", Visible(elided));
    }

    [Fact]
    public void The_visible_part_stays_within_the_budget_but_for_small_gaps()
    {
        ElidedCandidate elided = _compressor.Elide(new CompressionRequest(LogSamples.Service(5_000)), 3_000)!;
        Assert.InRange(Visible(elided).Length, 1_000, 4_500);
    }

    [Fact]
    public void A_short_log_is_not_cut() => Assert.Null(_compressor.Elide(new CompressionRequest("a\nb\nc\n"), 1_000));

    [Fact]
    public void Control_characters_do_not_show_and_do_not_move_line_numbers()
    {
        string text = string.Concat(Enumerable.Range(0, 400).Select(i => $"\u001b[32mstep {i}\u001b[0m\r\n"));
        ElidedCandidate elided = _compressor.Elide(new CompressionRequest(text), 600)!;
        Assert.DoesNotContain('\u001b', Visible(elided));
        AssertPartition(text, elided);
    }

    internal static void AssertPartition(string text, ElidedCandidate elided)
    {
        string[] lines = (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
        int next = 1;
        foreach (ElidedPart part in elided.Parts)
        {
            ContentRange range = part is KeptPart kept ? kept.Range!.Value : ((GapPart)part).Range;
            Assert.Null(range.Path);
            Assert.Equal(next, range.First);
            Assert.True(range.Last >= range.First);
            next = range.Last + 1;
            if (part is KeptPart shown)
            {
                Assert.Equal(string.Join('\n', lines[(range.First - 1)..range.Last].Select(TerminalScreen.Render)), shown.Text);
            }
            else
            {
                string phrase = ((GapPart)part).Phrase;
                Assert.DoesNotContain(phrase, c => c is < ' ' or > '~');
                Assert.False(phrase.EndsWith(']'));
            }
        }

        Assert.Equal(lines.Length + 1, next);
        Assert.Equal(ContentRange.Lines(1, lines.Length), elided.Total);
    }

    private static string Visible(ElidedCandidate elided) => string.Join('\n', elided.Parts.OfType<KeptPart>().Select(p => p.Text));
}
