using Headroom.Retrieval;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class ArrangementTests
{
    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task A_result_is_cut_retrieved_and_the_history_replays_byte_for_byte(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient().Calls(CallRows()).Retrieves("c2").Says("done").Says("again");
        IChatClient client = Build(model, arrangement);
        List<ChatMessage> history = [User()];

        ChatResponse response = await client.ConverseAsync(history, Options(), streaming);

        Assert.Equal("done", response.Messages[^1].Text);
        Assert.Equal(3, model.Requests.Count);
        Assert.StartsWith("[headroom ", model.Requests[1].Results[0], StringComparison.Ordinal);
        Assert.Equal([model.Requests[1].Results[0], Rows], model.Requests[2].Results);

        await client.AskAsync([.. history, User("And now?")], Options(), streaming);
        Assert.Equal(model.Requests[2].Wire, model.Last.Wire.Take(model.Requests[2].Wire.Count));
        Assert.Equal(model.Requests[2].Wire.Count + 2, model.Last.Wire.Count); // "done" and the new question
    }

    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task Each_request_of_a_growing_conversation_begins_with_the_one_before(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient();
        IChatClient client = Build(model, arrangement);
        List<ChatMessage> history = [new ChatMessage(ChatRole.System, "Be brief.")];
        for (int turn = 0; turn < 5; turn++)
        {
            model.Calls(CallRows($"c{turn}")).Retrieves($"d{turn}", ScriptedChatClient.Call($"e{turn}", "other")).Says($"answer {turn}");
            history.Add(User($"Question {turn}"));
            await client.ConverseAsync(history, Options(RowsTool(NumberedLinesCompressor.Text(150 + turn)), RowsTool("short", "other")), streaming);
        }

        for (int i = 1; i < model.Requests.Count; i++)
        {
            Assert.Equal(model.Requests[i - 1].Wire, model.Requests[i].Wire.Take(model.Requests[i - 1].Wire.Count));
            Assert.Equal(model.Requests[0].Tools, model.Requests[i].Tools);
        }
    }

    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task A_retrieval_beside_another_call_is_answered_once_and_the_other_call_runs(Arrangement arrangement, bool streaming)
    {
        int ran = 0;
        AIFunction other = AIFunctionFactory.Create(() => { ran++; return "other result"; }, "other");
        var model = new ScriptedChatClient().Calls(CallRows()).Retrieves("c2", ScriptedChatClient.Call("c3", "other")).Says("done");
        IChatClient client = Build(model, arrangement);
        List<ChatMessage> history = [User()];

        await client.ConverseAsync(history, Options(RowsTool(), other), streaming);

        Assert.Equal(1, ran);
        Assert.Equal(3, model.Requests.Count);
        FunctionResultContent[] results = [.. model.Last.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>()];
        Assert.Equal(["c1", "c2", "c3"], results.Select(r => r.CallId).Order());
        Assert.Contains(Rows, model.Last.Results);
        Assert.Contains("other result", model.Last.Results);
    }

    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task As_the_window_fills_up_older_results_give_way_at_few_places_and_come_back(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient();
        IChatClient client = Build(model, arrangement, SmallWindow());
        ChatOptions options = Options(PageTool());
        List<ChatMessage> history = [];
        for (int turn = 0; turn < 20; turn++)
        {
            history.Add(User($"Question {turn}"));
            await client.ConverseAsync(history, options, streaming, () => model.Calls(CallRows($"c{turn}")).Says($"answer {turn}"));
        }

        int steps = 0;
        for (int i = 1; i < model.Requests.Count; i++)
        {
            SentRequest before = model.Requests[i - 1], after = model.Requests[i];
            if (!before.Wire.SequenceEqual(after.Wire.Take(before.Wire.Count))) steps++;
            AIContent[] contents = [.. after.Messages.SelectMany(m => m.Contents)];
            Assert.Equal(contents.OfType<FunctionCallContent>().Select(c => c.CallId), contents.OfType<FunctionResultContent>().Select(r => r.CallId));
            Assert.Equal(model.Requests[0].Tools, after.Tools);
        }

        Assert.InRange(steps, 2, 8);
        Assert.StartsWith("[headroom ", model.Last.Results[0], StringComparison.Ordinal);
        Assert.Equal(Page(19), model.Last.Results[19]);

        history.Add(User("What was on the first page?"));
        ChatResponse response = await client.ConverseAsync(history, options, streaming, () => model.Retrieves("d").Says("done"));
        Assert.Equal("done", response.Messages[^1].Text);
        Assert.Equal(Page(0), model.Last.Results[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Inside_function_invocation_the_caller_gets_the_originals_back(bool streaming)
    {
        var model = new ScriptedChatClient().Calls(CallRows()).Says("done");
        IChatClient client = Build(model, Arrangement.Inside);

        ChatResponse response = await client.AskAsync([User()], Options(), streaming);

        var result = response.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Single();
        Assert.Equal(Rows, result.Result!.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_options_nothing_is_declared_or_cut(bool streaming)
    {
        var model = new ScriptedChatClient().Says("done");
        IChatClient client = Build(model, Arrangement.Inside);
        ChatMessage[] history = [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];

        await client.AskAsync(history, null, streaming);

        Assert.Null(model.Last.Options);
        Assert.StartsWith("rows:\n", model.Last.Results[0], StringComparison.Ordinal); // the whole text, respelled
    }

    [Theory]
    [InlineData(Arrangement.Inside)]
    [InlineData(Arrangement.Outside)]
    public async Task The_retrieval_tool_is_declared_last_from_the_first_request_on(Arrangement arrangement)
    {
        var model = new ScriptedChatClient().Says("hello");

        await Build(model, arrangement).GetResponseAsync("hi", Options());

        Assert.Equal(["rows", RetrievalTool.Name], model.Last.Tools);
        var tool = (AIFunctionDeclaration)model.Last.Options!.Tools![^1];
        Assert.Equal(RetrievalTool.Description, tool.Description);
        Assert.True(tool.JsonSchema.TryGetProperty("properties", out _));
    }

    [Fact]
    public async Task Lossless_mode_declares_nothing()
    {
        var model = new ScriptedChatClient().Says("hello");

        await Build(model, Arrangement.Inside, Compressor(mode: CompressionMode.Lossless)).GetResponseAsync("hi", Options());

        Assert.Equal(["rows"], model.Last.Tools);
    }

    [Fact]
    public async Task Turning_tools_off_for_one_request_keeps_its_bytes()
    {
        var model = new ScriptedChatClient().Calls(CallRows()).Says("one").Says("two").Says("three");
        IChatClient client = Build(model, Arrangement.Inside);
        List<ChatMessage> history = [User()];
        await client.ConverseAsync(history, Options(), false);
        ChatOptions none = Options();
        none.ToolMode = ChatToolMode.None;

        await client.GetResponseAsync(history, none);
        await client.GetResponseAsync(history, new ChatOptions());

        Assert.Equal(model.Requests[2].Wire, model.Requests[3].Wire);
        Assert.Equal(["rows", RetrievalTool.Name], model.Requests[2].Tools);
        Assert.Empty(model.Requests[3].Tools);
        Assert.StartsWith("[headroom ", model.Requests[3].Results[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_iteration_of_function_invocation_keeps_what_was_sent()
    {
        var model = new ScriptedChatClient().Calls(CallRows("c1")).Calls(CallRows("c2")).Says("out of turns");
        IChatClient client = Build(model, Arrangement.Inside, configure: f => f.MaximumIterationsPerRequest = 2);

        await client.GetResponseAsync([User()], Options());

        Assert.Empty(model.Last.Tools);
        Assert.Equal(model.Requests[1].Wire, model.Last.Wire.Take(model.Requests[1].Wire.Count));
    }

    [Theory]
    [InlineData(Arrangement.Inside, false)]
    [InlineData(Arrangement.Inside, true)]
    [InlineData(Arrangement.Outside, false)]
    [InlineData(Arrangement.Outside, true)]
    [InlineData(Arrangement.Both, false)]
    [InlineData(Arrangement.Both, true)]
    public async Task A_function_that_needs_approval_is_still_asked_for(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient().Calls(CallRows()).Retrieves("c2").Says("done");
        IChatClient client = Build(model, arrangement);
        ChatOptions options = Options(new ApprovalRequiredAIFunction(RowsTool()));
        List<ChatMessage> history = [User()];

        ChatResponse first = await client.AskAsync(history, options, streaming);
        ToolApprovalRequestContent request = Assert.Single(first.Messages.SelectMany(m => m.Contents).OfType<ToolApprovalRequestContent>());
        history.AddRange(first.Messages);
        history.Add(new ChatMessage(ChatRole.User, [request.CreateResponse(true)]));
        ChatResponse second = await client.AskAsync(history, options, streaming);

        Assert.Equal("done", second.Messages[^1].Text);
        Assert.StartsWith("[headroom ", model.Requests[1].Results[0], StringComparison.Ordinal);
        Assert.Contains(Rows, model.Requests[2].Results);
    }

    [Fact]
    public async Task An_additional_tool_of_the_loop_is_compressed_from_inside()
    {
        var model = new ScriptedChatClient().Calls(ScriptedChatClient.Call("c1", "hidden")).Says("done");
        IChatClient client = Build(model, Arrangement.Both, configure: f => f.AdditionalTools = [RowsTool(name: "hidden")]);

        await client.GetResponseAsync([User()], Options());

        Assert.StartsWith("[headroom ", model.Last.Results[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_of_the_caller_with_our_name_is_left_alone()
    {
        var model = new ScriptedChatClient().Calls(CallRows()).Calls(ScriptedChatClient.Call("c2", RetrievalTool.Name)).Says("done");
        IChatClient client = Build(model, Arrangement.Inside);

        await client.GetResponseAsync([User()], Options(RowsTool(), RowsTool("theirs", RetrievalTool.Name)));

        Assert.Equal(["rows", RetrievalTool.Name], model.Last.Tools);
        Assert.StartsWith("rows:\n", model.Last.Results[0], StringComparison.Ordinal);
        Assert.Contains("theirs", model.Last.Results[1], StringComparison.Ordinal);
    }
}
