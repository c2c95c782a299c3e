using System.Text.Json;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>What a prompt cache counts on passes as the same instances.</summary>
public sealed class PinTests
{
    public static TheoryData<string, bool> Keys()
    {
        var data = new TheoryData<string, bool>();
        // Anthropic's official adapter, its property on tools, the field itself, Amazon Bedrock's.
        foreach (string key in (string[])["anthropic:cache_control", "CacheControl", "cache_control", "CachePoint"])
        {
            data.Add(key, false);
            data.Add(key, true);
        }

        return data;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompts_reasoning_images_breakpoints_and_what_is_pinned_pass_as_the_same_instances(bool streaming)
    {
        var model = new ScriptedChatClient().Says("done");
        var breakpoint = new AdditionalPropertiesDictionary { ["anthropic:cache_control"] = new object() };
        List<ChatMessage> history =
        [
            new(ChatRole.System, [new TextContent(NumberedLinesCompressor.Text(200, "of the system")) { AdditionalProperties = breakpoint }]),
            new(ChatRole.User, [new TextContent("Look."), new DataContent(new byte[] { 1, 2 }, "image/png"), new UriContent("https://example.com/a.png", "image/png")]),
            new(ChatRole.Assistant, [new TextReasoningContent("hm") { ProtectedData = "signature" }, new TextReasoningContent(null) { ProtectedData = NumberedLinesCompressor.Text(200) }, CallRows("c1"), CallRows("c2")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", Rows)]).AsPinned(),
            new(ChatRole.Tool, [new FunctionResultContent("c2", JsonSerializer.SerializeToElement(Rows)).AsPinned()]),
            new(ChatRole.User, [new TextContent(Rows).AsCompressible().AsPinned()]),
        ];
        AITool tool = RowsTool();

        await Build(model, Arrangement.Inside).AskAsync(history, Options(tool), streaming);

        Assert.Equal(history, model.Last.Messages, ReferenceEqualityComparer.Instance);
        Assert.Same(tool, model.Last.Options!.Tools![0]);
        Assert.Same(breakpoint, model.Last.Messages[0].Contents[0].AdditionalProperties);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_result_with_a_breakpoint_keeps_it_when_its_text_becomes_smaller(string key, bool streaming)
    {
        var model = new ScriptedChatClient().Says("done");
        object mark = new();
        FunctionResultContent first = new("c1", Rows) { AdditionalProperties = new() { [key] = mark } }, second = new("c2", Rows);
        var message = new ChatMessage(ChatRole.Tool, [first, second]) { AdditionalProperties = new() { [key] = mark } };

        await Build(model, Arrangement.Inside).AskAsync([User(), new(ChatRole.Assistant, [CallRows("c1"), CallRows("c2")]), message], Options(), streaming);

        ChatMessage sent = model.Last.Messages[2];
        Assert.Same(mark, sent.AdditionalProperties![key]);
        Assert.Equal([mark, null], sent.Contents.Select(c => c.AdditionalProperties?.GetValueOrDefault(key)));
        Assert.StartsWith("[headroom ", (string)((FunctionResultContent)sent.Contents[0]).Result!, StringComparison.Ordinal);
        Assert.Equal(Rows, first.Result);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_text_with_a_breakpoint_inside_a_result_keeps_it(string key, bool streaming)
    {
        var model = new ScriptedChatClient().Says("done");
        object mark = new();
        AIContent[] parts = [new TextContent(Rows) { AdditionalProperties = new() { [key] = mark } }, new TextContent(Rows).AsPinned()];

        await Build(model, Arrangement.Inside).AskAsync([User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", parts)])], Options(), streaming);

        var sent = Assert.IsType<AIContent[]>(Assert.IsType<FunctionResultContent>(model.Last.Messages[2].Contents[0]).Result);
        Assert.StartsWith("[headroom ", ((TextContent)sent[0]).Text, StringComparison.Ordinal);
        Assert.Same(mark, sent[0].AdditionalProperties![key]);
        Assert.Same(parts[1], sent[1]);
    }

    [Theory]
    [InlineData(Arrangement.Inside)]
    [InlineData(Arrangement.Outside)]
    public async Task A_function_can_pin_what_it_returns(Arrangement arrangement)
    {
        AITool tool = AIFunctionFactory.Create(() => new TextContent(Rows).AsPinned(), "rows");
        var model = new ScriptedChatClient().Calls(CallRows()).Says("done");

        await Build(model, arrangement).GetResponseAsync([User()], Options(tool));

        Assert.Equal(Rows, Assert.IsType<TextContent>(((FunctionResultContent)model.Last.Messages[^1].Contents[0]).Result).Text);
    }

    [Fact]
    public async Task A_pin_survives_a_history_that_went_through_json()
    {
        var model = new ScriptedChatClient().Says("done");
        var result = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", Rows).AsPinned()]);
        string json = JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions);
        ChatMessage stored = JsonSerializer.Deserialize<ChatMessage>(json, AIJsonUtilities.DefaultOptions)!;

        await Build(model, Arrangement.Inside).GetResponseAsync([User(), new(ChatRole.Assistant, [CallRows()]), stored], Options());

        Assert.Same(stored, model.Last.Messages[2]);
    }

    [Fact]
    public async Task A_reducer_heeds_pins_too()
    {
        ChatMessage pinned = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", Rows)]).AsPinned();

        IEnumerable<ChatMessage> reduced = await new HeadroomChatReducer(Compressor(), canRetrieve: true).ReduceAsync([User(), new(ChatRole.Assistant, [CallRows()]), pinned], default);

        Assert.Same(pinned, reduced.Last());
    }

    [Fact]
    public void Nothing_is_pinned_without_a_content()
    {
        Assert.Throws<ArgumentNullException>(() => ((TextContent)null!).AsPinned());
        Assert.Throws<ArgumentNullException>(() => ((ChatMessage)null!).AsPinned());
    }
}
