using System.Text;
using System.Text.Json;
using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Tests.Wrap;

/// <summary>One member goes into a file and comes out again; nothing else in it moves.</summary>
public sealed class JsonMemberTests
{
    private const string Value = """{ "command": "headroom", "args": ["mcp"] }""";

    private static readonly string[] s_path = ["mcpServers", "headroom"];

    [Theory]
    [InlineData("", "{\n  \"mcpServers\": {\n    \"headroom\": VALUE\n  }\n}\n")]
    [InlineData("\uFEFF \r\n", "\uFEFF{\n  \"mcpServers\": {\n    \"headroom\": VALUE\n  }\n}\n")]
    [InlineData("{}", "{\n  \"mcpServers\": {\n    \"headroom\": VALUE\n  }\n}")]
    [InlineData("{\n}\n", "{\n  \"mcpServers\": {\n    \"headroom\": VALUE\n  }\n}\n")]
    [InlineData("{\"mcpServers\":{}}", "{\"mcpServers\":{\n    \"headroom\": VALUE\n  }}")]
    [InlineData("{\"mcpServers\":{\"a\":1}}", "{\"mcpServers\":{\"headroom\": VALUE, \"a\":1}}")]
    [InlineData("{ \"a\": 1 }", "{\"mcpServers\": { \"headroom\": VALUE },  \"a\": 1 }")]
    [InlineData("{\r\n\t\"mcpServers\": {\r\n\t\t\"a\": 1\r\n\t}\r\n}", "{\r\n\t\"mcpServers\": {\r\n\t\t\"headroom\": VALUE,\r\n\t\t\"a\": 1\r\n\t}\r\n}")]
    [InlineData("// mine\n{ // all\n    \"x\": [1,], // last\n}", "// mine\n{\n    \"mcpServers\": {\n        \"headroom\": VALUE\n    }, // all\n    \"x\": [1,], // last\n}")]
    [InlineData("{\n  \"mcpServers\": { // none yet\n  },\n}", "{\n  \"mcpServers\": {\n    \"headroom\": VALUE // none yet\n  },\n}")]
    [InlineData("{\n  \"mcp\\u0053ervers\": {\n    /* { */ \"a\": \"}\"\n  }\n}", "{\n  \"mcp\\u0053ervers\": {\"headroom\": VALUE, \n    /* { */ \"a\": \"}\"\n  }\n}")]
    public void It_goes_in_as_the_members_around_it_are_spelled(string file, string expected)
    {
        string changed = Insert(file, out int made);
        Assert.Equal(expected.Replace("VALUE", Value, StringComparison.Ordinal), changed);
        Assert.Equal(Value, JsonMember.ValueIn(Encoding.UTF8.GetBytes(changed), s_path));
        string without = Remove(changed, made);
        Assert.Equal(Squeeze(file), Squeeze(without)); // white space aside: what is byte for byte is the journal's to say
    }

    [Theory]
    [InlineData("{\n  \"mcpServers\": {\n    \"a\": 1, // one\n    // two\n    \"headroom\": 2, /* behind */\n    \"b\": 3\n  }\n}", "{\n  \"mcpServers\": {\n    \"a\": 1, // one\n    // two\n /* behind */\n    \"b\": 3\n  }\n}")]
    [InlineData("{\n  \"mcpServers\": {\n    \"a\": 1,\n    \"headroom\": 2\n  }\n}", "{\n  \"mcpServers\": {\n    \"a\": 1\n  }\n}")]
    [InlineData("{\"mcpServers\":{\"a\":1,\"headroom\":{\"x\":[\"}\"]},\"b\":3}}", "{\"mcpServers\":{\"a\":1,\"b\":3}}")]
    [InlineData("{\"mcpServers\":{\"a\":1/*,*/,/*,*/\"headroom\":2/*,*/}}", "{\"mcpServers\":{\"a\":1/*,*//*,*//*,*/}}")]
    [InlineData("{\"mcpServers\":{\"headroom\":2}}", "{\"mcpServers\":{}}")]
    [InlineData("{\"mcpServers\":{\"a\":1}}", "{\"mcpServers\":{\"a\":1}}")]
    [InlineData("{\"mcpServers\":[]}", "{\"mcpServers\":[]}")]
    [InlineData("", "")]
    public void It_comes_out_wherever_it_stands_now_and_comments_stay(string file, string expected)
    {
        string without = Remove(file, 0);
        Assert.Equal(expected, without);
        if (without.Length > 0) using (JsonDocument.Parse(without, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })) { }
    }

    [Fact]
    public void Objects_made_for_it_go_too_unless_something_else_came_into_them()
    {
        Assert.Equal("{}", Remove("{\"mcpServers\": { \"headroom\": 1 }}", 1));
        Assert.Equal("{\"mcpServers\": {\"a\": 2 }}", Remove("{\"mcpServers\": { \"headroom\": 1, \"a\": 2 }}", 1));
        Assert.Contains("/* why */", Remove("{\"mcpServers\": { /* why */ \"headroom\": 1 }}", 1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"mcpServers\": []}")]
    [InlineData("{\"mcpServers\": null}")]
    [InlineData("{\"mcpServers\": {}, \"mcpServers\": {}}")]
    [InlineData("{\"mcpServers\": {\"headroom\": 1}}")]
    [InlineData("{\"mcpServers\": {}")]
    [InlineData("{\"mcpServers\": {}} x")]
    [InlineData("{'mcpServers': {}}")]
    public void A_file_that_can_be_read_in_two_ways_or_in_none_is_refused(string file) =>
        Assert.ThrowsAny<JsonException>(() => JsonMember.Insert(Encoding.UTF8.GetBytes(file), s_path, Value, out _));

    [Fact]
    public void Bytes_that_are_no_text_are_refused() => Assert.ThrowsAny<JsonException>(() => JsonMember.Insert([.. "{ /* "u8, 0xFF, .. " */ }"u8], s_path, Value, out _));

    private static string Insert(string file, out int made) => Encoding.UTF8.GetString(JsonMember.Insert(Encoding.UTF8.GetBytes(file), s_path, Value, out made));

    private static string Remove(string file, int made) => Encoding.UTF8.GetString(JsonMember.Remove(Encoding.UTF8.GetBytes(file), s_path, made));

    private static string Squeeze(string file)
    {
        string squeezed = string.Concat(file.TrimStart('\uFEFF').Where(c => !char.IsWhiteSpace(c)));
        return squeezed.Length == 0 ? "{}" : squeezed;
    }
}
