
using System.Text.Json;
using Headroom.Cli.Tests.Mcp.Gateway;
using Headroom.Retrieval;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Headroom.Cli.Tests.Mcp;

/// <summary><c>headroom mcp</c>, as the SDK's client sees it and as bytes.</summary>
public sealed class McpServerTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Offers_exactly_three_tools_and_describes_retrieval_as_every_front_door_does()
    {
        await using McpClient client = await ConnectAsync();
        IList<McpClientTool> tools = await client.ListToolsAsync();
        Assert.Equal(["headroom_compress", "headroom_retrieve", "headroom_stats"], tools.Select(t => t.Name).Order(StringComparer.Ordinal));
        ModelContextProtocol.Protocol.Tool retrieve = tools.Single(t => t.Name == RetrievalTool.Name).ProtocolTool;
        Assert.Equal(RetrievalTool.Description, retrieve.Description);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(RetrievalTool.ParametersSchema).RootElement, retrieve.InputSchema));
        Assert.All(tools, t => Assert.True(t.ProtocolTool.Annotations!.ReadOnlyHint));
        Assert.Equal("headroom", client.ServerInfo?.Name);
    }

    [Fact]
    public async Task Compresses_retrieves_and_counts()
    {
        await using McpClient client = await ConnectAsync();
        string compressed = await CallAsync(client, "headroom_compress", new() { ["text"] = TestGateway.LongText, ["tool"] = "cat", ["query"] = "worker-3" });
        Assert.StartsWith("[headroom ", compressed, StringComparison.Ordinal);
        string id = compressed[10..20];
        Assert.Equal(TestGateway.LongText, await CallAsync(client, "headroom_retrieve", new() { ["id"] = id, ["max_tokens"] = 1_000_000 }));
        Assert.Contains("[lines 700-701 of", await CallAsync(client, "headroom_retrieve", new() { ["id"] = id, ["lines"] = "700-701" }), StringComparison.Ordinal);
        string stats = await CallAsync(client, "headroom_stats", []);
        Assert.Contains("1 texts, 1 of them made smaller", stats, StringComparison.Ordinal);
        Assert.Contains("asked back: 2 times", stats, StringComparison.Ordinal);
        Assert.Contains("store: 1 originals", stats, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_its_store_with_the_other_commands()
    {
        string cut = _tool.Run(TestGateway.LongText, "compress").Ended(0).Text;
        await using McpClient client = await ConnectAsync();
        Assert.Equal(TestGateway.LongText, await CallAsync(client, "headroom_retrieve", new() { ["id"] = cut[10..20], ["max_tokens"] = 1_000_000 }));
        string other = await CallAsync(client, "headroom_compress", new() { ["text"] = "x\n" + TestGateway.LongText });
        Assert.Equal("x\n" + TestGateway.LongText, _tool.Run("", "retrieve", other[10..20]).Ended(0).Text);
    }

    [Fact]
    public async Task Lossless_mode_cuts_nothing()
    {
        await using McpClient client = await ConnectAsync("--mode", "lossless");
        Assert.Equal(TestGateway.LongText, new ConversationCompressor().Expand(await CallAsync(client, "headroom_compress", new() { ["text"] = TestGateway.LongText })));
    }

    [Theory]
    [InlineData("headroom_compress", "{}", "headroom_compress: text is missing")]
    [InlineData("headroom_compress", """{"text":42}""", "headroom_compress: text must be a text")]
    [InlineData("headroom_compress", """{"text":null}""", "headroom_compress: text is missing")]
    [InlineData("headroom_retrieve", "{}", "headroom_retrieve: id is missing")]
    [InlineData("headroom_retrieve", """{"id":"../../etc/passwd"}""", "is not an id")]
    public async Task A_call_that_cannot_be_answered_is_a_tool_error_that_says_why(string tool, string arguments, string message)
    {
        using RawClient client = Raw();
        await client.InitializeAsync();
        JsonElement result = await client.ResultAsync("tools/call", $$$"""{"name":"{{{tool}}}","arguments":{{{arguments}}}}""");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Contains(message, result.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_original_that_is_not_there_is_a_final_answer()
    {
        await using McpClient client = await ConnectAsync();
        Assert.Contains("Asking again will not help", await CallAsync(client, "headroom_retrieve", new() { ["id"] = "zzzzzzzzzz" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Survives_what_no_client_should_send()
    {
        using RawClient client = Raw();
        await client.InitializeAsync();
        await client.SendAsync("no json");
        await client.SendAsync("[]");
        Assert.Contains("error", await client.AskAsync("tools/call", """{"name":"no such tool"}"""), StringComparison.Ordinal);
        Assert.Contains("error", await client.AskAsync("tools/call", """{"name":"headroom_compress","arguments":{"text":"half \ud800 a pair"}}"""), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("error", await client.AskAsync("no/such/method"), StringComparison.Ordinal);
        string huge = string.Concat(Enumerable.Repeat("0123456789 words and words ", 400_000));
        JsonElement result = await client.ResultAsync("tools/call", $$$"""{"name":"headroom_compress","arguments":{"text":"{{{huge}}}"}}""");
        Assert.NotEmpty(result.GetProperty("content")[0].GetProperty("text").GetString()!);
        Assert.Equal(0, await client.EndAsync());
        Assert.DoesNotContain("   at ", client.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_asked_before_the_input_ends_is_answered()
    {
        string text = JsonSerializer.Serialize(TestGateway.LongText);
        string asked = $$$$"""
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"printf","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":"two","method":"tools/call","params":{"name":"headroom_compress","arguments":{"text":{{{{text}}}} } } }
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"headroom_compress","arguments":{"text":{{{{text}}}} } } }
            {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}}
            {"jsonrpc":"2.0","id":4,"method":"tools/list"}
            """; // and no line end: whoever writes it by hand leaves it out
        ToolResult run = _tool.Run(asked, "mcp").Ended(ExitCodes.Success);
        JsonElement[] answers = [.. run.Lines.Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Subset(answers.Select(a => a.GetProperty("id").ToString()).ToHashSet(), (HashSet<string>)["1", "two", "4"]);
        Assert.Equal(3, answers.Single(a => a.GetProperty("id").ToString() == "4").GetProperty("result").GetProperty("tools").GetArrayLength());
    }

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Speaks_every_version_clients_speak(string version)
    {
        using RawClient client = Raw();
        Assert.Contains($"\"protocolVersion\":\"{version}\"", await client.InitializeAsync(version: version), StringComparison.Ordinal);
        Assert.Equal(3, (await client.ResultAsync("tools/list")).GetProperty("tools").GetArrayLength());
    }

    private RawClient Raw() => new(["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), "mcp"], _tool.Folder);

    private Task<McpClient> ConnectAsync(params string[] options) => McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
    {
        Command = "dotnet",
        Arguments = ["exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), "mcp", .. options],
        EnvironmentVariables = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = Path.Combine(_tool.Folder, "data") },
    }));

    private static async Task<string> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        CallToolResult result = await client.CallToolAsync(tool, arguments);
        Assert.NotEqual(true, result.IsError);
        return result.Content.OfType<TextContentBlock>().Single().Text;
    }
}
