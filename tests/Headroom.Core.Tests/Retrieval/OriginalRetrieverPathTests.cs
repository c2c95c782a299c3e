using Headroom.Tokens;

namespace Headroom.Retrieval;

public sealed class OriginalRetrieverPathTests
{
    private const string Orders =
        """
        {
          "total": 1.0,
          "items": [
            {"id": 1,  "name": "a"},
            {"id": 2,  "name": "b", "tags": ["x", "y"]},
            [3, 1e5, null]
          ],
          "a/b": {"~": true, "c\"d": 1, "e[0]": 2, "x": {}},
          "caf\u00e9": "\u00e9"
        }
        """;

    private static string Ask(string original, string path, int maxTokens = 8_000, string query = "")
    {
        Assert.True(RetrievalRequest.TryCreate(
            [new("id", "7kq2m9x4ab"), new("path", path), new("max_tokens", maxTokens), new("query", query)], out RetrievalRequest? request, out string? problem), problem);
        string answer = OriginalRetriever.Answer(original, request, O200kTokenCounter.Instance);
        Assert.InRange(O200kTokenCounter.Instance.Count(answer), 0, request.MaxTokens);
        return answer;
    }

    [Theory]
    [InlineData("[{'a': 1, 'b': (2, 'x')}, {1: Decimal('3'), 'c': '['}]", "/0/b/1", "[value of /0/b/1]\n'x'")]
    [InlineData("[{'a': 1, 'b': (2, 'x')}, {1: Decimal('3'), 'c': '['}]", "/1/1", "[value of /1/1]\nDecimal('3')")]
    [InlineData("[(1, 'a)'), (2, <E.A: 'b'>), (3, \"it's\")]", "[1-2]", "[rows 1-2 of 3 of the root]\n(2, <E.A: 'b'>)\n(3, \"it's\")")]
    public void Python_data_has_paths_too(string original, string path, string answer) => Assert.Equal(answer, Ask(original, path));

    [Theory]
    [InlineData("/items[0-2]/name", "[rows 0-2 of 3 of /items, only name]\n{\"name\": \"a\"}\n{\"name\": \"b\"}\n{}")]
    [InlineData("/items[1-2]/tags/0,id", "[rows 1-2 of 3 of /items, only tags/0,id]\n{\"tags/0\": \"x\", \"id\": 2}\n{}")]
    [InlineData("$.items[*].id", "[rows 0-2 of 3 of /items, only id]\n{\"id\": 1}\n{\"id\": 2}\n{}")]
    [InlineData("/items[0-1]{id, name}", "[rows 0-1 of 3 of /items, only id,name]\n{\"id\": 1, \"name\": \"a\"}\n{\"id\": 2, \"name\": \"b\"}")]
    [InlineData("/items[0-1]/nothing", "[no row of /items has nothing; ask for one row to see what it has: path=/items[0-0]]")]
    public void Members_of_rows_can_be_chosen(string path, string answer) => Assert.Equal(answer, Ask(Orders, path));

    [Theory]
    [InlineData("/items[2],/total", "[rows 2-2 of 3 of /items]\n[3, 1e5, null]\n[value of /total]\n1.0")]
    [InlineData("/items[0,2]", "[rows 0-0 of 3 of /items]\n{\"id\": 1,  \"name\": \"a\"}\n[rows 2-2 of 3 of /items]\n[3, 1e5, null]")]
    [InlineData("/items[0-0,1-1]/id", "[rows 0-0 of 3 of /items, only id]\n{\"id\": 1}\n[rows 1-1 of 3 of /items, only id]\n{\"id\": 2}")]
    [InlineData("/total,/none", "[value of /total]\n1.0\n[There is no /none: the root is an object with the keys total, items, a/b, caf\u00e9.]")]
    public void Several_paths_are_answered_in_one_call(string path, string answer) => Assert.Equal(answer, Ask(Orders, path));

    [Fact]
    public void Members_that_do_not_fit_are_continued_by_what_the_header_says()
    {
        string original = "{\"rows\":[" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"{{\"id\":{i},\"name\":\"row number {i}\",\"rest\":[{i},{i}]}}")) + "]}";
        string path = "/rows[0-299]/id,name";
        List<string> rows = [];
        while (path.Length > 0)
        {
            string[] lines = Ask(original, path, 400).Split('\n');
            rows.AddRange(lines[1..]);
            int next = lines[0].IndexOf("; next: path=", StringComparison.Ordinal);
            path = next < 0 ? "" : lines[0][(next + "; next: path=".Length)..^1];
        }

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{{\"id\": {i}, \"name\": \"row number {i}\"}}"), rows);
    }

    [Fact]
    public void Paths_that_find_no_room_are_named()
    {
        string original = "{" + string.Join(',', Enumerable.Range(0, 9).Select(i => $"\"k{i}\":\"{new string('x', 300)}{i}\"")) + "}";
        string answer = Ask(original, string.Join(',', Enumerable.Range(0, 9).Select(i => "/k" + i)), 250);
        Assert.Matches(@"\[no room left; next: path=(/k\d,)*/k8\]$", answer);
    }

    [Theory]
    [InlineData("/total", "[value of /total]\n1.0")]
    [InlineData("/items/0", "[value of /items/0]\n{\"id\": 1,  \"name\": \"a\"}")]
    [InlineData("/items/2", "[value of /items/2]\n[3, 1e5, null]")]
    [InlineData("/items/1/tags/1", "[value of /items/1/tags/1]\n\"y\"")]
    [InlineData("/a~1b/~0", "[value of /a~1b/~0]\ntrue")]
    [InlineData("/a~1b/c\"d", "[value of /a~1b/c\"d]\n1")]
    [InlineData("/a~1b/e\\u005b0\\u005d", "[value of /a~1b/e[0]]\n2")]
    [InlineData("/a~1b/e[0]", "[value of /a~1b/e[0]]\n2")]
    [InlineData("/caf\u00e9", "[value of /caf\u00e9]\n\"\\u00e9\"")]
    [InlineData("/items[0-1]", "[rows 0-1 of 3 of /items]\n{\"id\": 1,  \"name\": \"a\"}\n{\"id\": 2,  \"name\": \"b\", \"tags\": [\"x\", \"y\"]}")]
    [InlineData("/items[2-9]", "[rows 2-2 of 3 of /items]\n[3, 1e5, null]")]
    [InlineData("/items[2]", "[rows 2-2 of 3 of /items]\n[3, 1e5, null]")]
    [InlineData("/items/2-9", "[rows 2-2 of 3 of /items]\n[3, 1e5, null]")]
    [InlineData("/a~1b[1-2]", "[rows 1-2 of 4 of /a~1b]\n\"c\\\"d\": 1\n\"e[0]\": 2")]
    [InlineData("[3-3]", "[rows 3-3 of 4 of the root]\n\"caf\\u00e9\": \"\\u00e9\"")]
    [InlineData("items/2", "[value of /items/2]\n[3, 1e5, null]")]
    [InlineData("$.items[1].name", "[value of /items/1/name]\n\"b\"")]
    [InlineData("items[1].tags[0]", "[rows 0-0 of 2 of /items/1/tags]\n\"x\"")]
    [InlineData("$['items'][1]['name']", "[value of /items/1/name]\n\"b\"")]
    [InlineData("#/items/0/id", "[value of /items/0/id]\n1")]
    public void Values_and_rows_come_back_as_they_are_spelled(string path, string answer)
    {
        Assert.Equal(answer, Ask(Orders, path));
    }

    [Theory]
    [InlineData("/item", "[There is no /item: the root is an object with the keys total, items, a/b, caf\u00e9.]")]
    [InlineData("/items/9", "[There is no /items/9: /items is an array of 3 rows, counted from 0.]")]
    [InlineData("/items/x", "[There is no /items/x: /items is an array of 3 rows, counted from 0.]")]
    [InlineData("/total/x", "[There is no /total/x: /total is not an array or object.]")]
    [InlineData("/total[0-1]", "[There are no rows: /total is not an array or object.]")]
    [InlineData("/items[5-9]", "[There is no row 5: /items has 3 rows, counted from 0.]")]
    [InlineData("/a~1b/x/y", "[There is no /a~1b/x/y: /a~1b/x is an empty object.]")]
    public void A_path_that_leads_nowhere_says_where_it_failed(string path, string answer)
    {
        Assert.Equal(answer, Ask(Orders, path));
    }

    [Fact]
    public void The_root_and_its_rows_have_paths()
    {
        Assert.Equal("[rows 1-2 of 3 of the root]\n2\n3", Ask("[1, 2, 3]", "[1-2]"));
        Assert.Equal("[value of /1]\n2", Ask("\uFEFF[1, 2, 3]\n", "/1"));
        Assert.Equal("[rows 0-2 of 3 of the root]\n1\n2\n3", Ask("[1, 2, 3]", "[*]"));
        Assert.Equal("[The original is not JSON; ask with lines or query instead.]", Ask("plain text", "/a"));
        Assert.Equal("[The original is not JSON; ask with lines or query instead.]", Ask("{\"a\": [1, 2", "/a"));
    }

    [Fact]
    public void In_one_value_a_line_a_row_is_a_line()
    {
        const string original = "{\"a\":1}\n\n{\"a\":2}\r\n{\"a\":3}\n";
        Assert.Equal("[rows 1-2 of 3 of the root]\n{\"a\":2}\r\n{\"a\":3}", Ask(original, "[1-2]"));
        Assert.Equal("[value of /1/a]\n2", Ask(original, "/1/a"));
        Assert.Equal("[The original is JSON, one value a line; /7 is none of its rows.]", Ask(original, "/7/a"));
    }

    [Fact]
    public void Rows_that_do_not_fit_come_page_by_page()
    {
        string[] rows = [.. Enumerable.Range(0, 300).Select(i => $$"""{"id": {{i}}, "name": "row number {{i}}"}""")];
        string original = "{\"odd [name]\": [" + string.Join(",\n  ", rows) + "]}";
        List<string> found = [];
        for (string? path = "/odd [name][0-]"; path is not null;)
        {
            string answer = Ask(original, path, 500);
            string header = answer[..answer.IndexOf('\n', StringComparison.Ordinal)];
            found.AddRange(answer.Split('\n').Skip(1));
            int at = header.IndexOf("next: path=", StringComparison.Ordinal);
            path = at < 0 ? null : header[(at + 11)..^1];
        }

        Assert.Equal(rows, found);
    }

    [Fact]
    public void A_value_that_does_not_fit_continues_by_lines()
    {
        string value = "\"" + new string('a', 3_000) + string.Concat(Enumerable.Range(0, 3_000)) + "\"";
        string original = "{\"before\": 1, \"big\": " + value + ", \"after\": 2}";
        string first = Ask(original, "/big", 500);
        Assert.StartsWith("[start of the value of /big; next: lines=1:", first, StringComparison.Ordinal);
        int at = first.IndexOf("lines=", StringComparison.Ordinal) + 6;
        string lines = first[at..first.IndexOf(']', StringComparison.Ordinal)];
        Assert.True(RetrievalRequest.TryCreate([new("id", "7kq2m9x4ab"), new("lines", lines), new("max_tokens", 100_000)], out RetrievalRequest? request, out _));
        string rest = OriginalRetriever.Answer(original, request, O200kTokenCounter.Instance);
        Assert.Equal(value, first[(first.IndexOf('\n', StringComparison.Ordinal) + 1)..] + rest[(rest.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Assert.Contains(", then path=[1-2]]", Ask($"[{value},2,3]", "[0-2]", 500), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_searches_within_a_path()
    {
        Assert.Contains("[1 match of \"name\"", Ask(Orders, "/items/1", query: "name"), StringComparison.Ordinal);
        Assert.Contains("[nothing matches \"total\"", Ask(Orders, "/items", query: "total"), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_json_never_throws_and_never_explodes()
    {
        const int depth = 100_000;
        string deepArrays = new string('[', depth) + new string(']', depth);
        string deepObjects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        string[] paths = ["/0/0/0", string.Concat(Enumerable.Repeat("/0", 1_900)), string.Concat(Enumerable.Repeat("/a", 1_900)), "/a[0-]", "[0-]", "[[", "]", "/", "//", "$", "/~", "\\u12", "/\uD83D", "[5-2]", "[99999999999]"];
        foreach (string text in (string[])[deepArrays, deepObjects, "[" + deepArrays, "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":}", "[,]", "[1 2]", "{1:2}", "]", "[\"\\", new string('[', depth)])
        {
            foreach (string path in paths) Ask(text, path, 200);
        }
    }
}
