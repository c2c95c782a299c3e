using System.Text.Json;
using Headroom.Cli.Mcp.Gateway;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>What is said twice, as text and as structured content, is said once where the server allows it, and made smaller in both places where not.</summary>
public sealed class StructuredContentTests
{
    private const string NoSchema = """{"name":"read"}""";
    private const string RowsSchema = """{"name":"read","outputSchema":{"type":"object","properties":{"rows":{"type":"array"}},"required":["rows"]}}""";
    private const string TextSchema = """{"name":"read","outputSchema":{"$schema":"s","type":"object","properties":{"content":{"type":"string","title":"C"}},"required":["content"],"x-wrap":true}}""";

    private static readonly string Rows =
        "{\"rows\":[" + string.Join(',', Enumerable.Range(0, 400).Select(i => $$"""{"id":{{i}},"name":"item {{i * 7919 % 1009}}","state":"open","price":{{i * 13 % 97}}.50}""")) + "]}";

    /// <summary>The same value, as servers write it for a text block: indented, with other escapes.</summary>
    private static readonly string RowsText = JsonSerializer.Serialize(Rows.Replace(",", ",\n  ", StringComparison.Ordinal).Replace("item", "\\u0069tem", StringComparison.Ordinal));

    private static string Both(string text, string structured) => $$$"""{"content":[{"type":"text","text":{{{text}}}}],"structuredContent":{{{structured}}},"isError":false}""";

    [Fact]
    public async Task Without_a_schema_the_text_stays_and_is_made_smaller()
    {
        JsonElement result = await CallAsync(NoSchema, Both(RowsText, Rows));
        Assert.False(result.TryGetProperty("structuredContent", out _));
        Assert.Contains("[headroom ", TextOf(result), StringComparison.Ordinal);
        Assert.False(result.GetProperty("isError").GetBoolean());
    }

    [Theory]
    [InlineData("""{"content":LONG}""")]
    [InlineData("""{"result":LONG}""")]
    public async Task Without_a_schema_an_object_around_the_text_goes(string structured)
    {
        JsonElement result = await CallAsync(NoSchema, Both(TestGateway.LongTextToken, structured.Replace("LONG", TestGateway.LongTextToken, StringComparison.Ordinal)));
        Assert.False(result.TryGetProperty("structuredContent", out _));
        Assert.Contains("[headroom ", TextOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"rows":[]}""")]
    [InlineData("""{"content":LONG,"path":"a"}""")]
    [InlineData("[1]")]
    public async Task What_the_text_does_not_say_stays(string structured)
    {
        structured = structured.Replace("LONG", TestGateway.LongTextToken, StringComparison.Ordinal);
        JsonElement result = await CallAsync(NoSchema, Both(TestGateway.LongTextToken, structured));
        Assert.True(result.TryGetProperty("structuredContent", out JsonElement kept));
        if (!structured.Contains("path", StringComparison.Ordinal)) Assert.Equal(structured, kept.GetRawText());
        else Assert.Equal((TextOf(result), "a"), (kept.GetProperty("content").GetString(), kept.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task What_a_schema_demands_stays_byte_for_byte()
    {
        JsonElement result = await CallAsync(RowsSchema, Both(RowsText, Rows));
        Assert.Equal(Rows, result.GetProperty("structuredContent").GetRawText());
        Assert.Contains("[headroom ", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_a_schema_leaves_open_is_made_smaller_in_both_places()
    {
        JsonElement result = await CallAsync(TextSchema, Both(TestGateway.LongTextToken, $$$"""{"content":{{{TestGateway.LongTextToken}}}}"""));
        Assert.Contains("[headroom ", TextOf(result), StringComparison.Ordinal);
        Assert.Equal(TextOf(result), result.GetProperty("structuredContent").GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"content":{"type":"string","pattern":"^2"}}}""")]
    [InlineData("""{"type":"object","properties":{"content":{"type":"string","minLength":100000}}}""")]
    [InlineData("""{"type":"object","properties":{"content":{"type":"string","enum":["a"]}}}""")]
    [InlineData("""{"type":"object","properties":{"content":{"type":["string","null"]}}}""")]
    [InlineData("""{"type":"object","properties":{"content":true}}""")]
    [InlineData("""{"type":"object","properties":{"content":{"type":"string"}},"allOf":[{"properties":{"content":{"maxLength":9}}}]}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"$ref":"#/$defs/x"}""")]
    public async Task A_text_that_a_schema_says_more_about_stays(string schema)
    {
        string structured = $$$"""{"content":{{{TestGateway.LongTextToken}}}}""";
        JsonElement result = await CallAsync($$$"""{"name":"read","outputSchema":{{{schema}}}}""", Both(TestGateway.LongTextToken, structured));
        Assert.Equal(structured, result.GetProperty("structuredContent").GetRawText());
        Assert.Contains("[headroom ", TextOf(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NoSchema, """,{"name":"other"}""")]
    [InlineData(TextSchema, "")]
    public async Task Keep_touches_no_structured_content(string tool, string more)
    {
        string structured = $$$"""{"content":{{{TestGateway.LongTextToken}}}}""";
        JsonElement result = await CallAsync(tool + more, Both(TestGateway.LongTextToken, structured), StructuredPolicy.Keep);
        Assert.Equal(structured, result.GetProperty("structuredContent").GetRawText());
        Assert.Contains("[headroom ", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_leaves_a_marker_in_the_place_of_the_text()
    {
        await using var gateway = new TestGateway(new GatewaySettings { Structured = StructuredPolicy.Once });
        await gateway.ListAsync(RowsSchema);
        JsonElement result = JsonDocument.Parse(await gateway.CallAsync(Both(RowsText, Rows))).RootElement;
        Assert.Equal(Rows, result.GetProperty("structuredContent").GetRawText());
        string marker = TextOf(result);
        Assert.Contains(", the same as structuredContent]", marker, StringComparison.Ordinal);
        Assert.DoesNotContain("item", marker, StringComparison.Ordinal);
        JsonElement back = await gateway.RetrieveAsync($$"""{"id":"{{marker[10..20]}}","max_tokens":1000000}""");
        Assert.Equal(JsonSerializer.Deserialize<string>(RowsText), TextOf(back));

        string small = Both("\"{}\"", "{}");
        Assert.Equal(small, await gateway.CallAsync(small));
    }

    [Theory]
    [InlineData(RowsSchema)]
    [InlineData(TextSchema)]
    public async Task Text_declares_no_schemas_and_sends_the_text_alone(string tool)
    {
        await using var gateway = new TestGateway(new GatewaySettings { Structured = StructuredPolicy.Text });
        string list = await gateway.ListAsync(tool + """,{"outputSchema":{},"name":"other"},{"name":"last"}""");
        Assert.DoesNotContain("outputSchema", list, StringComparison.Ordinal);
        Assert.Equal(4, JsonDocument.Parse(list).RootElement.GetProperty("tools").GetArrayLength());
        JsonElement rows = JsonDocument.Parse(await gateway.CallAsync(Both(RowsText, Rows))).RootElement;
        Assert.False(rows.TryGetProperty("structuredContent", out _));
        JsonElement text = JsonDocument.Parse(await gateway.CallAsync(Both(TestGateway.LongTextToken, $$$"""{"content":{{{TestGateway.LongTextToken}}}}"""))).RootElement;
        Assert.False(text.TryGetProperty("structuredContent", out _));
    }

    [Theory]
    [InlineData("2025-03-26", false)]
    [InlineData("2025-06-18", true)]
    [InlineData("2025-11-25", true)]
    public async Task Clients_that_do_not_know_structured_content_are_spared_it(string version, bool stays)
    {
        await using var gateway = new TestGateway();
        await gateway.ExchangeAsync("initialize", "{}", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{}}""");
        await gateway.ListAsync(RowsSchema);
        JsonElement result = JsonDocument.Parse(await gateway.CallAsync(Both(RowsText, Rows))).RootElement;
        Assert.Equal(stays, result.TryGetProperty("structuredContent", out _));
    }

    [Theory]
    [InlineData(""","_meta":{"ui":{"resourceUri":"ui://x"}}""", "")]
    [InlineData(""","_meta":{"openai/outputTemplate":"ui://x"}""", "")]
    [InlineData("", ""","_meta":{"ui/resourceUri":"ui://x"}""")]
    public async Task What_an_interface_shows_to_the_user_stays(string ofTool, string ofResult)
    {
        string structured = $$$"""{"content":{{{TestGateway.LongTextToken}}}}""";
        string body = Both(TestGateway.LongTextToken, structured);
        JsonElement result = await CallAsync($$$"""{"name":"read"{{{ofTool}}}}""", body[..^1] + ofResult + "}");
        Assert.Equal(structured, result.GetProperty("structuredContent").GetRawText());
    }

    [Fact]
    public async Task A_tool_the_client_was_not_told_of_may_demand_anything()
    {
        await using var gateway = new TestGateway();
        string structured = $$$"""{"content":{{{TestGateway.LongTextToken}}}}""";
        string result = await gateway.CallAsync(Both(TestGateway.LongTextToken, structured));
        Assert.Equal(structured, JsonDocument.Parse(result).RootElement.GetProperty("structuredContent").GetRawText());
    }

    private static async Task<JsonElement> CallAsync(string tools, string result, StructuredPolicy policy = StructuredPolicy.Auto)
    {
        await using var gateway = new TestGateway(new GatewaySettings { Structured = policy });
        await gateway.ListAsync(tools);
        return JsonDocument.Parse(await gateway.CallAsync(result)).RootElement;
    }

    private static string TextOf(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString()!;
}
