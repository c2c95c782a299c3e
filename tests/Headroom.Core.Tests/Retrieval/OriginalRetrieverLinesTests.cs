using FsCheck;
using FsCheck.Fluent;
using Headroom.Tokens;

namespace Headroom.Retrieval;

public sealed class OriginalRetrieverLinesTests
{
    private static readonly string Log = string.Concat(Enumerable.Range(1, 2_000).Select(i => $"line {i} of the log\n"));

    private static string Ask(string original, string arguments)
    {
        Assert.True(RetrievalRequest.TryParse($$"""{"id":"7kq2m9x4ab",{{arguments}}}""", out RetrievalRequest? request, out string? problem), problem);
        string answer = OriginalRetriever.Answer(original, request, O200kTokenCounter.Instance);
        Assert.InRange(O200kTokenCounter.Instance.Count(answer), 0, request.MaxTokens);
        return answer;
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\nb\n")]
    [InlineData("a\r\nb\r\n\r\n")]
    [InlineData("[lines 1-2 of 3]\nnot a header")]
    public void The_whole_comes_back_as_it_was_when_it_fits(string original)
    {
        Assert.Equal(original, Ask(original, "\"x\":0"));
    }

    [Theory]
    [InlineData("2-3", "[lines 2-3 of 4]\nb\nc\r")]
    [InlineData("4", "[line 4 of 4]\nd")]
    [InlineData("3-", "[lines 3-4 of 4]\nc\r\nd")]
    [InlineData("3-900", "[lines 3-4 of 4]\nc\r\nd")]
    [InlineData("1,4", "[line 1 of 4]\na\n[line 4 of 4]\nd")]
    [InlineData("9-12", "[no line 9: the original has 4 lines]")]
    [InlineData("1,9", "[line 1 of 4]\na\n[no line 9: the original has 4 lines]")]
    [InlineData("3:1-1", "[line 3 of 4, characters 1-1 of 2]\nc")]
    [InlineData("3:7-", "[no character 7 in line 3: it has 2]")]
    public void Lines_come_back_verbatim_under_a_header(string lines, string answer)
    {
        Assert.Equal(answer, Ask("a\nb\nc\r\nd\n", $"\"lines\":\"{lines}\""));
    }

    [Fact]
    public void An_empty_line_is_a_line()
    {
        Assert.Equal("[line 2 of 3]", Ask("a\n\nb", "\"lines\":2"));
        Assert.Equal("[lines 2-3 of 3]\n\nb", Ask("a\n\nb", "\"lines\":\"2-3\""));
        Assert.Equal("[lines 1-2 of 3]\na\n", Ask("a\n\nb", "\"lines\":\"1-2\""));
        Assert.Equal("[lines 1-3 of 3]\na\n\n", Ask("a\n\n\n", "\"lines\":\"1-3\""));
        Assert.Equal("[the original is empty]", Ask("", "\"lines\":2"));
    }

    [Theory]
    [InlineData("\"max_tokens\":300")]
    [InlineData("\"lines\":\"1-\",\"max_tokens\":300")]
    [InlineData("\"lines\":\"1-999,1000,1001-2000\",\"max_tokens\":500")]
    public void Pages_add_up_to_the_whole(string arguments)
    {
        Assert.Equal(Log.TrimEnd('\n'), string.Join('\n', Pages(Log, arguments)));
    }

    [Fact]
    public void Empty_lines_are_not_lost_between_pages()
    {
        string original = string.Concat(Enumerable.Range(1, 1_500).Select(i => i % 3 == 0 ? "word\n" : "\n"));
        Assert.Equal(original[..^1], string.Join('\n', Pages(original, "\"max_tokens\":150")));
        string blankAtEnd = original + "\n\n\n\n";
        Assert.Equal(blankAtEnd[..^1], string.Join('\n', Pages(blankAtEnd, "\"max_tokens\":151")));
    }

    [Fact]
    public void A_line_too_long_for_one_answer_comes_in_pieces()
    {
        string original = "short\n" + string.Concat(Enumerable.Range(0, 4_000).Select(i => $"{i}\U0001F600,")) + "\nend";
        List<string> pages = [.. Pages(original, "\"max_tokens\":400")];
        Assert.True(pages.Count > 10);
        Assert.Equal(original.Replace("\n", "", StringComparison.Ordinal), string.Concat(pages).Replace("\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain(pages, p => char.IsLowSurrogate(p[0]) || char.IsHighSurrogate(p[^1]));
    }

    /// <summary>Asks for page after page as the answers say, and yields the text under each header.</summary>
    private static IEnumerable<string> Pages(string original, string arguments)
    {
        string maxTokens = arguments[arguments.IndexOf("\"max_tokens\"", StringComparison.Ordinal)..];
        for (int page = 0; page < 2_000; page++)
        {
            string answer = Ask(original, arguments);
            string? next = null;
            foreach (string section in answer.Split("\n[line"))
            {
                int end = section.IndexOf('\n', StringComparison.Ordinal);
                string header = end < 0 ? section : section[..end];
                yield return end < 0 ? "" : section[(end + 1)..];
                int at = header.IndexOf("next: lines=", StringComparison.Ordinal);
                if (at >= 0) next = header[(at + 12)..^1];
            }

            if (next is null) yield break;
            arguments = $"\"lines\":\"{next}\",{maxTokens}";
        }

        Assert.Fail("the pages never end");
    }

    [Fact]
    public void Any_range_of_any_text_is_a_slice_of_it()
    {
        Prop.ForAll<NonNull<string>[], int, int>((rows, first, count) =>
        {
            string original = string.Join('\n', rows.Select(r => r.Get));
            string[] lines = original.Length == 0 ? [] : original.Split('\n');
            if (lines.Length > 0 && lines[^1].Length == 0) lines = lines[..^1];
            int from = 1 + Math.Abs(first % 12), to = from + Math.Abs(count % 12);
            string answer = OriginalRetriever.Answer(
                original, new RetrievalRequest { Id = "7kq2m9x4ab", Lines = [new LineRange(from, to)], MaxTokens = 100_000 }, O200kTokenCounter.Instance);
            if (from > lines.Length) return answer.StartsWith('[') && !answer.Contains('\n');
            string expected = string.Join('\n', lines[(from - 1)..Math.Min(to, lines.Length)]);
            return expected.Length == 0 ? !answer.Contains('\n') : answer[(answer.IndexOf('\n') + 1)..] == expected;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_answer_is_longer_than_asked()
    {
        string original = Log + new string('x', 20_000) + string.Concat(Enumerable.Repeat("\U0001F600 \u4E2D\u6587 ", 3_000)) + "\n" + Log;
        foreach (string arguments in (string[])["\"x\":0", "\"lines\":\"1-\"", "\"lines\":\"1-1,1-1,1990-2010\"", "\"lines\":\"2001:30001-,5\"", "\"query\":\"line log\"", "\"query\":\"xxx\""])
        {
            foreach (int max in (int[])[1, 100, 101, 150, 1_000]) Ask(original, $"{arguments},\"max_tokens\":{max}");
        }
    }
}
