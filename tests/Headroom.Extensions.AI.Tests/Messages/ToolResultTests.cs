using System.Text.Json;

namespace Headroom.Extensions.AI.Messages;

public sealed class ToolResultTests
{
    [Fact]
    public void A_string_is_its_text_and_stays_the_same_object()
    {
        object text = new string("some text");
        ToolResult result = ToolResult.Read(text);

        Assert.Equal(["some text"], result.Texts);
        Assert.Same(text, result.With(text, ["some text"]));
        Assert.Equal("other", result.With(text, ["other"]));
        Assert.Null(result.InflatedText());
    }

    [Fact]
    public void A_json_string_becomes_a_string()
    {
        ToolResult result = ToolResult.Read(Json("\"line 1\\nline \\\"2\\\"\""));

        Assert.Equal(["line 1\nline \"2\""], result.Texts);
        Assert.IsType<string>(result.With(null, result.Texts));
        Assert.Equal("\"line 1\\nline \\\"2\\\"\"", result.InflatedText());
    }

    [Theory]
    [InlineData("""{ "b": 1.0, "a": [1e5, 12345678901234567890, null], "b": "é <x>" }""", """{"b":1.0,"a":[1e5,12345678901234567890,null],"b":"é <x>"}""")]
    [InlineData("""[ ]""", """[]""")]
    [InlineData("""{ "t": "a\/b \u00e9 \ud83d\ude00 \u0001" }""", """{"t":"a/b é 😀 \u0001"}""")]
    public void A_json_value_becomes_one_line_with_its_order_duplicates_and_numbers(string json, string expected)
    {
        ToolResult result = ToolResult.Read(Json(json));

        Assert.Equal([expected.Replace("😀", "\\uD83D\\uDE00", StringComparison.Ordinal)], result.Texts.Select(t => t.Replace("😀", "\\uD83D\\uDE00", StringComparison.Ordinal)));
        Assert.Equal(JsonSerializer.Serialize(Json(json), AIJsonUtilities.DefaultOptions), result.InflatedText());
    }

    [Fact]
    public void An_object_of_the_application_becomes_one_line_of_json()
    {
        ToolResult result = ToolResult.Read(new Dictionary<string, object> { ["name"] = "x", ["sizes"] = new[] { 1, 2 } });

        Assert.Equal(["""{"name":"x","sizes":[1,2]}"""], result.Texts);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public void Values_an_adapter_sends_as_they_are_stay(string json)
    {
        object value = Json(json);
        ToolResult result = ToolResult.Read(value);

        Assert.Empty(result.Texts);
        Assert.Same(value, result.With(value, []));
    }

    [Fact]
    public void Null_and_data_stay()
    {
        var image = new DataContent(new byte[] { 1 }, "image/png");
        Assert.Null(ToolResult.Read(null).With(null, []));
        Assert.Same(image, ToolResult.Read(image).With(image, []));
        Assert.Empty(ToolResult.Read(new byte[] { 1, 2 }).Texts);
        Assert.Empty(ToolResult.Read(new AIContent[] { image }).Texts);
    }

    [Fact]
    public void A_lone_text_content_becomes_its_text()
    {
        Assert.Equal("text", ToolResult.Read(new TextContent("text")).With(new TextContent("text"), ["text"]));
        Assert.Equal("text", ToolResult.Read(new List<AIContent> { new TextContent("text") }).With(null, ["text"]));
    }

    [Fact]
    public void A_lone_text_content_with_properties_keeps_its_envelope()
    {
        var content = new TextContent("text") { AdditionalProperties = new() { ["anthropic:cache_control"] = 1 } };
        ToolResult result = ToolResult.Read(content);

        Assert.Same(content, result.With(content, ["text"]));
        var changed = Assert.IsType<TextContent>(result.With(content, ["shorter"]));
        Assert.Equal("shorter", changed.Text);
        Assert.Equal(1, changed.AdditionalProperties!["anthropic:cache_control"]);
    }

    [Fact]
    public void Several_contents_keep_their_number_and_order()
    {
        var image = new DataContent(new byte[] { 1 }, "image/png");
        AIContent[] contents = [new TextContent("one"), image, new TextContent("two")];
        ToolResult result = ToolResult.Read(contents);

        Assert.Equal(["one", "two"], result.Texts);
        Assert.Same(contents, result.With(contents, ["one", "two"]));
        var changed = Assert.IsType<AIContent[]>(result.With(contents, ["1", "two"]));
        Assert.Equal("1", ((TextContent)changed[0]).Text);
        Assert.Same(image, changed[1]);
        Assert.Same(contents[2], changed[2]);
        Assert.Equal("one", ((TextContent)contents[0]).Text);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"plain"}]}""", "plain")]
    [InlineData("""{"content":[{"type":"text","text":"plain"}],"isError":false}""", "plain")]
    [InlineData("""{"content":[{"type":"text","text":"{ \"a\": 1.0 }"}],"structuredContent":{"a":1.0}}""", "{ \"a\": 1.0 }")]
    public void A_doubled_mcp_result_is_said_once(string json, string expected) => Assert.Equal([expected], ToolResult.Read(Json(json)).Texts);

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"{\"a\":1}"}],"structuredContent":{"a":1.0}}""")]
    [InlineData("""{"content":[{"type":"text","text":"{\"a\":1,\"b\":2}"}],"structuredContent":{"b":2,"a":1}}""")]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""")]
    [InlineData("""{"content":[{"type":"text","text":"a","annotations":{"audience":["user"]}}]}""")]
    [InlineData("""{"content":[{"type":"text","text":"a"}],"_meta":{"x":1}}""")]
    [InlineData("""{"content":[{"type":"image","data":"AA==","mimeType":"image/png"}]}""")]
    [InlineData("""{"content":[{"type":"text","text":"a"}],"title":"not MCP"}""")]
    public void An_mcp_result_that_says_more_stays_whole(string json) => Assert.Equal([json], ToolResult.Read(Json(json)).Texts);

    [Fact]
    public void Deep_json_does_not_overflow()
    {
        string json = new string('[', 5000) + new string(']', 5000);
        JsonElement deep = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 10_000 }).RootElement;

        // Deeper than the writer goes: it refuses, and the caller passes the value on.
        Assert.ThrowsAny<InvalidOperationException>(() => ToolResult.Read(deep));
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
