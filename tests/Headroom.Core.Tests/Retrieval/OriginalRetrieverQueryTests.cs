using Headroom.Tokens;

namespace Headroom.Retrieval;

public sealed class OriginalRetrieverQueryTests
{
    private const string Log =
        "INFO start\nINFO ready\nWARN pool almost exhausted (max=100)\nINFO a\nINFO b\nINFO c\nERROR Pool exhausted (max=100)\nINFO d\nINFO e\nINFO f\nERROR timeout";

    private static string Ask(string original, string query, int maxTokens = 8_000, string lines = "")
    {
        Assert.True(RetrievalRequest.TryCreate(
            [new("id", "7kq2m9x4ab"), new("query", query), new("max_tokens", maxTokens), new("lines", lines)], out RetrievalRequest? request, out string? problem), problem);
        string answer = OriginalRetriever.Answer(original, request, O200kTokenCounter.Instance);
        Assert.InRange(O200kTokenCounter.Instance.Count(answer), 0, request.MaxTokens);
        return answer;
    }

    [Fact]
    public void Matching_lines_come_numbered_with_their_neighbours()
    {
        Assert.Equal(
            """
            [1 match of "timeout" in 11 lines]
            9-INFO e
            10-INFO f
            11:ERROR timeout
            """, Ask(Log, "timeout"));
    }

    [Fact]
    public void Lines_with_all_words_come_before_lines_with_some()
    {
        string answer = Ask(Log, "exhausted ERROR pool");
        Assert.StartsWith("[1 match of \"exhausted ERROR pool\" in 11 lines]\n5-INFO b\n6-INFO c\n7:ERROR Pool exhausted", answer, StringComparison.Ordinal);
        Assert.StartsWith("[nothing has all words of \"timeout pool\"; 3 places have some]\n", Ask(Log, "timeout pool"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max=\\d+", "[2 matches")]
    [InlineData("ERROR|WARN", "[3 matches")]
    [InlineData("^ERROR", "[2 matches")]
    [InlineData("/^error/i", "[2 matches")]
    [InlineData("exhausted (max=100)", "[2 matches")] // literal: its brackets are no group
    [InlineData("(max", "[2 matches")] // no regex at all
    [InlineData("(?<=pool )exhausted", "[nothing has all words")] // needs backtracking: taken as words
    [InlineData("\"Pool exhausted\"", "[1 match ")]
    [InlineData("timeout?", "[1 match ")]
    [InlineData("((a{1000}){1000}){1000}", "[nothing")]
    public void A_query_is_a_regex_or_words(string query, string start)
    {
        Assert.StartsWith(start, Ask(Log, query), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_says_so_with_words_like_it()
    {
        Assert.Equal("[nothing matches \"exausted\" in 11 lines; words like it: exhausted]", Ask(Log, "exausted"));
        Assert.Equal("[nothing matches \"zzz\" in 11 lines]", Ask(Log, "zzz"));
        Assert.Equal("[nothing matches \"zzz\" in 0 lines]", Ask("", "zzz"));
    }

    [Fact]
    public void Lines_limit_the_search()
    {
        Assert.StartsWith("[1 match of \"exhausted\"", Ask(Log, "exhausted", lines: "5-"), StringComparison.Ordinal);
        Assert.StartsWith("[nothing matches", Ask(Log, "exhausted", lines: "8-9"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_is_announced_and_found_by_going_on()
    {
        string log = string.Concat(Enumerable.Range(1, 500).Select(i => $"ERROR number {i} in the log\n"));
        List<string> found = [];
        for (string lines = ""; lines is not null;)
        {
            string answer = Ask(log, "error number", 400, lines);
            string header = answer[..answer.IndexOf('\n', StringComparison.Ordinal)];
            found.AddRange(answer.Split('\n').Skip(1));
            int at = header.IndexOf("next: the same query with lines=", StringComparison.Ordinal);
            lines = at < 0 ? null! : header[(at + 32)..^1];
        }

        Assert.Equal(Enumerable.Range(1, 500).Select(i => $"{i}:ERROR number {i} in the log"), found);
    }

    [Fact]
    public void Long_lines_are_shown_by_the_piece_that_matches()
    {
        string original = "short\n" + new string('.', 1_500) + " the needle " + new string('.', 1_500);
        string answer = Ask(original, "needle");
        Assert.StartsWith("[1 match of \"needle\" in 2 lines]\n2:1201-1700: ", answer, StringComparison.Ordinal);
        Assert.Contains(" the needle ", answer, StringComparison.Ordinal);
        Assert.Equal(original[6..][1200..1700], Ask(original, "", lines: "2:1201-1700").Split('\n')[1]);
    }

    [Fact]
    public void Json_on_one_line_is_searched_value_by_value()
    {
        string original = "{\"items\":[" + string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"id":{{i}},"state":"{{(i == 67 ? "failed" : "ok")}}","note":"x{{i}}"}""")) + "],\"total\":100}";
        Assert.Equal("[1 match of \"failed\" in 1 line]\n/items/67: {\"id\":67,\"state\":\"failed\",\"note\":\"x67\"}", Ask(original, "failed"));
        Assert.Equal("[1 match of \"total\" in 1 line]\n/total: \"total\":100", Ask(original, "total"));
        Assert.Equal("[1 match of \"items\" in 1 line]\n/items: \"items\":", Ask(original, "items"));
    }

    [Fact]
    public void Hostile_text_and_queries_never_throw()
    {
        string deep = new string('[', 50_000) + new string(']', 50_000);
        string[] texts = [deep, "[" + deep, "{\"a\":" + deep + "}", "{\"" + new string('\\', 5_001), new string('a', 100_000), "{}" + new string('}', 1_000), string.Concat(Enumerable.Repeat("{\"a\":[", 20_000))];
        foreach (string text in texts)
        {
            foreach (string query in (string[])["(a*)*b", "a a a a b", "\"", "[", ".*", "^$", new string('a', 3_000), "\uD83D", "a{2,1}", "(?:", "\\"]) Ask(text, query, 300);
        }
    }
}
