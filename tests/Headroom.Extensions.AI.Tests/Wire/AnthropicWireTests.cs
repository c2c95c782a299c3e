using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using Headroom.PromptCaching;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI.Wire;

/// <summary>What a real provider's adapter puts on the wire.</summary>
public sealed class AnthropicWireTests
{
    private static readonly object s_report = new { rows = Enumerable.Range(1, 40).Select(i => new { id = i, name = $"name {i}", price = 1.5m * i }).ToArray() };

    [Theory]
    [InlineData(Arrangement.Inside)]
    [InlineData(Arrangement.Outside)]
    public async Task Compact_texts_are_sent_and_each_request_extends_the_one_before(Arrangement arrangement)
    {
        using var server = new RecordingServer();
        server.Answer(ToolUse("toolu_1", "rows", "{}"));
        server.Answer(ToolUse("toolu_2", "headroom_retrieve", JsonSerializer.Serialize(new { id = Headroom.Storage.OriginalId.Compute(Rows), lines = "50-51" })));
        server.Answer(ToolUse("toolu_3", "report", "{}"));
        server.Answer(Text("done"));
        server.Answer(Text("again"));
        using var anthropic = new AnthropicClient { ApiKey = "test", BaseUrl = server.Url, MaxRetries = 0 };
        IChatClient client = Build(anthropic.AsIChatClient("model", 1000), arrangement);
        ChatOptions options = Options(RowsTool(), AIFunctionFactory.Create(() => s_report, "report"));
        List<ChatMessage> history = [new(ChatRole.System, "Be brief."), User()];

        ChatResponse response = await client.ConverseAsync(history, options, false);
        await client.ConverseAsync([.. history, User("And now?")], options, false);

        Assert.Equal("done", response.Messages[^1].Text);
        Assert.Equal(5, server.Bodies.Count);
        JsonElement[] bodies = [.. server.Bodies.Select(b => JsonDocument.Parse(b).RootElement)];
        string[] results = ToolResults(bodies[^1]);
        Assert.StartsWith("[headroom ", results[0], StringComparison.Ordinal);
        Assert.Contains("row 50: ", results[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"rows\":[{\"id\":1,\"name\":\"name 1\",\"price\":1.5},", results[2], StringComparison.Ordinal); // one line, not indented
        for (int i = 1; i < bodies.Length; i++)
        {
            string before = bodies[i - 1].GetProperty("messages").GetRawText()[..^1], after = bodies[i].GetProperty("messages").GetRawText();
            Assert.StartsWith(before, after, StringComparison.Ordinal);
            Assert.Equal(bodies[0].GetProperty("tools").GetRawText(), bodies[i].GetProperty("tools").GetRawText());
            Assert.Equal(bodies[0].GetProperty("system").GetRawText(), bodies[i].GetProperty("system").GetRawText());
        }
    }

    [Fact]
    public async Task A_cache_breakpoint_on_a_result_stays_where_it_is()
    {
        using var server = new RecordingServer();
        server.Answer(Text("done"));
        using var anthropic = new AnthropicClient { ApiKey = "test", BaseUrl = server.Url, MaxRetries = 0 };
        FunctionResultContent result = new FunctionResultContent("toolu_1", Rows).WithCacheControl(new CacheControlEphemeral());

        await Build(anthropic.AsIChatClient("model", 1000), Arrangement.Inside)
            .GetResponseAsync([User(), new(ChatRole.Assistant, [CallRows("toolu_1")]), new(ChatRole.Tool, [result])], Options());

        JsonElement sent = JsonDocument.Parse(server.Bodies[0]).RootElement.GetProperty("messages")[2].GetProperty("content")[0];
        Assert.StartsWith("[headroom ", ToolResults(JsonDocument.Parse(server.Bodies[0]).RootElement)[0], StringComparison.Ordinal);
        Assert.Equal("ephemeral", sent.GetProperty("cache_control").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Breakpoints_arrive_where_they_are_planned(bool beta)
    {
        using var server = new RecordingServer();
        server.Answer(Message("""{"type":"thinking","thinking":"hm","signature":"s"},{"type":"tool_use","id":"toolu_1","name":"rows","input":{}},{"type":"tool_use","id":"toolu_2","name":"rows","input":{}}""", "tool_use"));
        server.Answer(ToolUse("toolu_3", "headroom_retrieve", JsonSerializer.Serialize(new { id = Headroom.Storage.OriginalId.Compute(Rows), lines = "50-51" })));
        server.Answer(Text("done"));
        server.Answer(Text("again"));
        using var anthropic = new AnthropicClient { ApiKey = "test", BaseUrl = server.Url, MaxRetries = 0 };
        IChatClient client = Build(beta ? anthropic.Beta.AsIChatClient("model", 1000) : anthropic.AsIChatClient("model", 1000), Arrangement.Inside, new ConversationCompressor(
            new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 100, PromptCache = { Breakpoints = CacheBreakpointMode.WhenAnthropic } },
            compressors: [new NumberedLinesCompressor()]));
        List<ChatMessage> history = [new(ChatRole.System, "Be brief."), User()];

        await client.ConverseAsync(history, Options(), false);
        await client.ConverseAsync([.. history, User("And now?")], Options(), false);

        Assert.Equal(
            [
                "system.0 messages.0.0",
                "system.0 messages.0.0 messages.2.1",
                "system.0 messages.0.0 messages.2.1 messages.4.0",
                "system.0 messages.2.1 messages.4.0 messages.6.0",
            ],
            server.Bodies.Select(b => string.Join(' ', Breakpoints(JsonDocument.Parse(b).RootElement))));
    }

    [Fact]
    public async Task A_result_in_anthropics_own_form_passes_with_its_breakpoints()
    {
        using var server = new RecordingServer();
        server.Answer(Text("done"));
        using var anthropic = new AnthropicClient { ApiKey = "test", BaseUrl = server.Url, MaxRetries = 0 };
        var content = new ToolResultBlockParamContent([new Block(new TextBlockParam { Text = Rows, CacheControl = new CacheControlEphemeral() })]);

        await Build(anthropic.AsIChatClient("model", 1000), Arrangement.Inside)
            .GetResponseAsync([User(), new(ChatRole.Assistant, [CallRows("toolu_1")]), new(ChatRole.Tool, [new FunctionResultContent("toolu_1", content)])], Options());

        JsonElement sent = JsonDocument.Parse(server.Bodies[0]).RootElement.GetProperty("messages")[2].GetProperty("content")[0].GetProperty("content")[0];
        Assert.Equal((Rows, "ephemeral"), (sent.GetProperty("text").GetString(), sent.GetProperty("cache_control").GetProperty("type").GetString()));
    }

    /// <summary>Paths of the blocks with a breakpoint; one at the top of the request would show as an empty one.</summary>
    private static IEnumerable<string> Breakpoints(JsonElement body)
    {
        Assert.All(body.GetProperty("tools").EnumerateArray(), t => Assert.False(t.TryGetProperty("cache_control", out JsonElement c) && c.ValueKind != JsonValueKind.Null));
        if (body.TryGetProperty("cache_control", out _)) yield return "";
        foreach ((string path, JsonElement block) in body.GetProperty("system").EnumerateArray().Select((b, i) => ($"system.{i}", b)).Concat(
            body.GetProperty("messages").EnumerateArray().SelectMany((m, i) => m.GetProperty("content").EnumerateArray().Select((b, j) => ($"messages.{i}.{j}", b)))))
        {
            if (block.TryGetProperty("cache_control", out JsonElement control) && control.ValueKind == JsonValueKind.Object) yield return path;
        }
    }

    private static string[] ToolResults(JsonElement body) =>
    [
        .. body.GetProperty("messages").EnumerateArray().Where(m => m.GetProperty("content").ValueKind == JsonValueKind.Array)
            .SelectMany(m => m.GetProperty("content").EnumerateArray())
            .Where(c => c.GetProperty("type").GetString() == "tool_result")
            .Select(c => c.GetProperty("content") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : c.GetProperty("content")[0].GetProperty("text").GetString()!),
    ];

    private static string ToolUse(string id, string name, string input) => Message($$"""{"type":"tool_use","id":"{{id}}","name":"{{name}}","input":{{input}}}""", "tool_use");

    private static string Text(string text) => Message($$"""{"type":"text","text":"{{text}}"}""", "end_turn");

    private static string Message(string content, string reason) =>
        $$$"""
        {"id":"msg_1","type":"message","role":"assistant","model":"model","content":[{{{content}}}],"stop_reason":"{{{reason}}}","stop_sequence":null,"usage":{"input_tokens":10,"output_tokens":5,"cache_creation_input_tokens":3,"cache_read_input_tokens":7}}
        """;
}
