using System.Text.Json;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class UntouchedTests
{
    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task Nothing_the_caller_handed_in_is_changed(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient().Calls(CallRows("c9")).Retrieves("c10").Says("done");
        List<ChatMessage> history = History();
        ChatOptions options = Options();
        List<AITool> tools = [.. options.Tools!];
        string before = Snapshot(history), optionsBefore = JsonSerializer.Serialize(options, AIJsonUtilities.DefaultOptions);
        AIContent[] contents = [.. history.SelectMany(m => m.Contents)];
        object?[] results = [.. contents.OfType<FunctionResultContent>().Select(r => r.Result)];

        await Build(model, arrangement).ConverseAsync([.. history], options, streaming);

        Assert.Equal(before, Snapshot(history));
        Assert.Equal(contents, history.SelectMany(m => m.Contents), ReferenceEqualityComparer.Instance);
        Assert.Equal(results, contents.OfType<FunctionResultContent>().Select(r => r.Result), ReferenceEqualityComparer.Instance);
        Assert.All(contents, c => Assert.NotNull(c.RawRepresentation));
        Assert.All(history, m => Assert.NotNull(m.RawRepresentation));
        Assert.Equal(tools, options.Tools);
        Assert.Equal(optionsBefore, JsonSerializer.Serialize(options, AIJsonUtilities.DefaultOptions));
    }

    [Fact]
    public async Task What_is_not_changed_passes_as_the_same_instance_and_keeps_its_raw_form()
    {
        var model = new ScriptedChatClient().Says("done");
        List<ChatMessage> history = History();

        await Build(model, Arrangement.Inside).GetResponseAsync(history, Options());

        for (int i = 0; i < history.Count; i++)
        {
            if (i == 3) continue; // the tool message
            Assert.Same(history[i], model.Last.Messages[i]);
        }

        ChatMessage sent = model.Last.Messages[3];
        Assert.NotSame(history[3], sent);
        Assert.Null(sent.RawRepresentation);
        Assert.Equal(history[3].MessageId, sent.MessageId);
        Assert.Equal("kept", sent.AdditionalProperties!["mine"]);
        var result = Assert.IsType<FunctionResultContent>(sent.Contents[0]);
        Assert.Null(result.RawRepresentation);
        Assert.StartsWith("[headroom ", (string)result.Result!, StringComparison.Ordinal);
        Assert.Equal("breakpoint", result.AdditionalProperties!["anthropic:cache_control"]);
        Assert.Same(history[3].Contents[1], sent.Contents[1]); // an image beside it
    }

    [Fact]
    public async Task Errors_pass_as_they_are()
    {
        var model = new ScriptedChatClient().Says("done");
        var failed = new FunctionResultContent("c1", Rows) { Exception = new InvalidOperationException("failed") };
        var mcp = new FunctionResultContent("c2", JsonSerializer.SerializeToElement(new { content = new[] { new { type = "text", text = Rows } }, isError = true }));
        var message = new ChatMessage(ChatRole.Tool, [failed, mcp]);

        await Build(model, Arrangement.Inside).GetResponseAsync([User(), new(ChatRole.Assistant, [CallRows("c1"), CallRows("c2")]), message], Options());

        Assert.Same(message, model.Last.Messages[2]);
    }

    [Fact]
    public async Task Text_of_the_user_is_compressed_only_when_marked()
    {
        var model = new ScriptedChatClient().Says("done");
        var plain = new TextContent(NumberedLinesCompressor.Text(200, "unmarked"));
        TextContent marked = new TextContent(Rows) { RawRepresentation = new object() }.AsCompressible("row 77");

        await Build(model, Arrangement.Inside, Compressor(mode: CompressionMode.Lossless)).GetResponseAsync([new ChatMessage(ChatRole.User, [plain, marked])]);

        Assert.Same(plain, model.Last.Messages[0].Contents[0]);
        var sent = Assert.IsType<TextContent>(model.Last.Messages[0].Contents[1]);
        Assert.StartsWith("rows:\n", sent.Text, StringComparison.Ordinal);
        Assert.Null(sent.RawRepresentation);
        Assert.Equal(Rows, marked.Text);
    }

    [Fact]
    public async Task A_mark_survives_a_history_that_went_through_json()
    {
        var model = new ScriptedChatClient().Says("done");
        var message = new ChatMessage(ChatRole.User, [new TextContent(Rows).AsCompressible()]);
        string json = JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions);

        await Build(model, Arrangement.Inside).GetResponseAsync([JsonSerializer.Deserialize<ChatMessage>(json, AIJsonUtilities.DefaultOptions)!]);

        Assert.StartsWith("rows:\n", model.Last.Messages[0].Text, StringComparison.Ordinal);
    }

    private static List<ChatMessage> History() =>
    [
        new(ChatRole.System, [new TextContent(NumberedLinesCompressor.Text(200, "of the system")) { RawRepresentation = new object() }]) { RawRepresentation = new object() },
        new(ChatRole.User, [new TextContent(NumberedLinesCompressor.Text(200, "of the user")) { RawRepresentation = new object() }]) { RawRepresentation = new object() },
        new(ChatRole.Assistant, [new TextReasoningContent("hm") { RawRepresentation = new object() }, new FunctionCallContent("c1", "rows") { RawRepresentation = new object() }])
        {
            RawRepresentation = new object(),
        },
        new(ChatRole.Tool,
        [
            new FunctionResultContent("c1", NumberedLinesCompressor.Text(200, "of a tool")) { RawRepresentation = new object(), AdditionalProperties = new() { ["anthropic:cache_control"] = "breakpoint" } },
            new DataContent(new byte[] { 1, 2 }, "image/png") { RawRepresentation = new object() },
        ])
        { RawRepresentation = new object(), MessageId = "t1", AdditionalProperties = new() { ["mine"] = "kept" } },
        new(ChatRole.Assistant, [new TextContent("I see.") { RawRepresentation = new object() }]) { RawRepresentation = new object() },
        new(ChatRole.User, [new TextContent("Go on.") { RawRepresentation = new object() }]) { RawRepresentation = new object() },
    ];

    private static string Snapshot(List<ChatMessage> messages) => JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
}
