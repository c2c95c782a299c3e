using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headroom.Retrieval;

public sealed class RetrievalRequestTests
{
    private static RetrievalRequest Parsed(string json)
    {
        Assert.True(RetrievalRequest.TryParse(json, out RetrievalRequest? request, out string? problem), problem);
        return request;
    }

    private static string Lines(string json) => string.Join(',', Parsed(json).Lines);

    [Theory]
    [InlineData("7kq2m9x4ab")]
    [InlineData("7KQ2M9X4AB")]
    [InlineData(" '7kq2m9x4ab' ")]
    [InlineData("[7kq2m9x4ab]")]
    [InlineData("[headroom 7kq2m9x4ab: 2,000 lines, 61 shown]")]
    [InlineData("headroom:7kq2m9x4ab")]
    [InlineData("id=7kq2m9x4ab")]
    [InlineData("id: `7kq2m9x4ab`")]
    [InlineData("#7kq2m9x4ab")]
    [InlineData("7kq2m9x4ab with lines=2-310")]
    public void Finds_the_id_in_what_models_write(string id)
    {
        Assert.Equal("7kq2m9x4ab", Parsed(new JsonObject { ["id"] = id }.ToJsonString()).Id);
    }

    [Fact]
    public void Reads_letters_the_alphabet_lacks_as_the_digits_they_resemble()
    {
        Assert.Equal("01abcdefg1", Parsed("""{"id":"oiabcdefgl"}""").Id);
    }

    [Theory]
    [InlineData("\"120-180\"", "120-180")]
    [InlineData("\"120..180\"", "120-180")]
    [InlineData("\"120...180\"", "120-180")]
    [InlineData("\"120:180\"", "120-180")]
    [InlineData("\"120 - 180\"", "120-180")]
    [InlineData("\"120 to 180\"", "120-180")]
    [InlineData("\"120\u2013180\"", "120-180")]
    [InlineData("\"L120-L180\"", "120-180")]
    [InlineData("\"lines 120-180\"", "120-180")]
    [InlineData("\"lines=120-180\"", "120-180")]
    [InlineData("\"[120, 180]\"", "120-180")]
    [InlineData("[120, 180]", "120-180")]
    [InlineData("[\"120\", \"180\"]", "120-180")]
    [InlineData("[120]", "120-120")]
    [InlineData("[[1, 10], [50, 60]]", "1-10,50-60")]
    [InlineData("[\"1-10\", \"50-60\"]", "1-10,50-60")]
    [InlineData("[1, 5, 9]", "1-1,5-5,9-9")]
    [InlineData("{\"start\": 120, \"end\": 180}", "120-180")]
    [InlineData("\"1-10,50-60\"", "1-10,50-60")]
    [InlineData("\"1-10; 50-60\"", "1-10,50-60")]
    [InlineData("\"1-10 and 50-60\"", "1-10,50-60")]
    [InlineData("42", "42-42")]
    [InlineData("\"42\"", "42-42")]
    [InlineData("\"412-\"", "412-")]
    [InlineData("\"412-end\"", "412-")]
    [InlineData("\"412-last\"", "412-")]
    [InlineData("\"-50\"", "1-50")]
    [InlineData("\"180-120\"", "120-180")]
    [InlineData("\"0-5\"", "1-5")]
    [InlineData("\"1,000-2,000\"", "1000-2000")]
    [InlineData("\"900-1,100\"", "900-1100")]
    [InlineData("\"5-10,200\"", "5-10,200-200")]
    [InlineData("\"1:20001-\"", "1:20001-")]
    [InlineData("\"1:20001-40000,7\"", "1:20001-40000,7-7")]
    [InlineData("\"99999999999-\"", "2147483646-")]
    [InlineData("\"\"", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("\"all\"", "")]
    public void Understands_lines(string lines, string ranges)
    {
        Assert.Equal(ranges, Lines($$"""{"id":"7kq2m9x4ab","lines":{{lines}}}"""));
    }

    [Theory]
    [InlineData("\"the error\"")]
    [InlineData("\"-\"")]
    [InlineData("\"1-2-3\"")]
    [InlineData("\"12a\"")]
    [InlineData("-5.5")]
    public void Refuses_lines_it_would_have_to_guess(string lines)
    {
        Assert.False(RetrievalRequest.TryParse($$"""{"id":"7kq2m9x4ab","lines":{{lines}}}""", out _, out string? problem));
        Assert.Contains("120-180", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500", 500)]
    [InlineData("\"500\"", 500)]
    [InlineData("\"1,500\"", 1_500)]
    [InlineData("500.0", 500)]
    [InlineData("1e3", 1_000)]
    [InlineData("99999999999", int.MaxValue)]
    [InlineData("5", RetrievalRequest.MinMaxTokens)]
    [InlineData("0", RetrievalRequest.DefaultMaxTokens)]
    [InlineData("-1", RetrievalRequest.DefaultMaxTokens)]
    [InlineData("null", RetrievalRequest.DefaultMaxTokens)]
    [InlineData("\"\"", RetrievalRequest.DefaultMaxTokens)]
    [InlineData("\"many\"", RetrievalRequest.DefaultMaxTokens)]
    public void Understands_max_tokens(string value, int tokens)
    {
        Assert.Equal(tokens, Parsed($$"""{"id":"7kq2m9x4ab","max_tokens":{{value}}}""").MaxTokens);
        Assert.Equal(tokens, Parsed($$"""{"id":"7kq2m9x4ab","maxTokens":{{value}}}""").MaxTokens);
    }

    [Fact]
    public void Takes_empty_text_as_not_given_and_ignores_what_it_does_not_know()
    {
        RetrievalRequest request = Parsed("""{"ID":"7kq2m9x4ab","query":"","path":" ","lines":"","reason":"because","max_tokens":null}""");
        Assert.Equal((null, null, 0, RetrievalRequest.DefaultMaxTokens), (request.Query, request.Path, request.Lines.Count, request.MaxTokens));
    }

    [Fact]
    public void Joins_words_and_keys_given_as_lists()
    {
        RetrievalRequest request = Parsed("""{"id":"7kq2m9x4ab","query":["pool","exhausted"],"path":["items",67]}""");
        Assert.Equal(("pool exhausted", "items/67"), (request.Query, request.Path));
    }

    [Fact]
    public void Reads_arguments_that_were_encoded_twice()
    {
        Assert.Equal("7kq2m9x4ab", Parsed(JsonSerializer.Serialize("""{"id":"7kq2m9x4ab"}""")).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"id\":\"short\"}")]
    [InlineData("{\"id\":[\"\\ud800\"]}")]
    public void Says_what_is_wrong(string json)
    {
        Assert.False(RetrievalRequest.TryParse(json, out _, out string? problem));
        Assert.Matches("^[^\n]{20,200}$", problem);
    }

    [Fact]
    public void Hostile_arguments_never_throw()
    {
        string deep = new string('[', 100_000);
        foreach (string json in (string[])[deep, "{\"id\":" + deep, "\"" + deep, $"{{\"id\":\"7kq2m9x4ab\",\"lines\":\"{new string('1', 50_000)}\"}}",
            $"{{\"id\":\"7kq2m9x4ab\",\"lines\":\"{string.Join(',', Enumerable.Range(1, 20_000))}\"}}", $"{{\"id\":\"{new string('a', 100_000)}\"}}"])
            _ = RetrievalRequest.TryParse(json, out _, out _);
        Assert.False(RetrievalRequest.TryParse($"{{\"id\":\"7kq2m9x4ab\",\"query\":\"{new string('x', 5_000)}\"}}", out _, out _));
    }

    [Fact]
    public void Reads_values_of_any_type()
    {
        var arguments = new Dictionary<string, object?>
        {
            ["id"] = JsonSerializer.SerializeToElement("7kq2m9x4ab"),
            ["lines"] = new object[] { 120, 180 },
            ["max_tokens"] = 500L,
            ["query"] = JsonValue.Create("pool"),
            ["other"] = new object(),
            ["path"] = null,
        };
        Assert.True(RetrievalRequest.TryCreate(arguments, out RetrievalRequest? request, out _));
        Assert.Equal(("7kq2m9x4ab", "120-180", 500, "pool", null),
            (request.Id, string.Join(',', request.Lines), request.MaxTokens, request.Query, request.Path));
    }

    [Fact]
    public void The_schema_is_json_and_names_what_the_parser_reads()
    {
        JsonElement schema = JsonDocument.Parse(RetrievalTool.ParametersSchema).RootElement;
        Assert.Equal(["id", "lines", "query", "path", "max_tokens"], schema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.DoesNotContain('\n', RetrievalTool.ParametersSchema);
        Assert.DoesNotContain('\n', RetrievalTool.Description);
        Assert.Contains($"{RetrievalRequest.DefaultMaxTokens}", RetrievalTool.ParametersSchema, StringComparison.Ordinal);
    }
}
