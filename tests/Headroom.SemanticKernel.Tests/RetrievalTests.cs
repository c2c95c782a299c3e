using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

public sealed class RetrievalTests
{
    private static readonly string[] s_names = ["headroom_retrieve", "tools_get"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_model_gets_back_what_was_left_out_exactly_and_uncompressed(bool streaming)
    {
        var model = new ScriptedChatClient().Calls(Call("c1")).Then(r => Retrieve(r, "c2")).Says("done");
        Kernel kernel = Build(Log());
        ChatHistory history = History();

        await Service(model).AskAsync(history, kernel, streaming);

        Assert.Equal(Log(), model.Last.Results[1]);
        Assert.Equal(s_names, model.Last.Tools.Order());
        // The next request of the conversation begins with the same bytes.
        model.Says("again");
        string[] before = [.. model.Requests[2].Results];
        history.AddUserMessage("And now?");
        await Service(model).AskAsync(history, kernel, streaming);
        Assert.Equal(before, model.Last.Results);
    }

    [Fact]
    public async Task Originals_of_the_conversation_at_hand_need_no_store_any_more()
    {
        var store = new FailingOriginalStore(StoreFailure.Throw, failAt: 3); // the first two calls store and read back, all later ones fail
        var kernel = Bare(Function("get", () => Log())).AddHeadroom(Options(), store);
        var model = new ScriptedChatClient().Calls(Call("c1")).Then(r => Retrieve(r, "c2")).Says("done");

        await Service(model).AskAsync(History(), kernel);

        Assert.Equal(Log(), model.Last.Results[1]);
    }

    [Fact]
    public async Task After_a_restart_originals_come_from_the_store()
    {
        var store = new InMemoryOriginalStore();
        var model = new ScriptedChatClient().Calls(Call("c1")).Says("done");
        ChatHistory history = History();
        await Service(model).AskAsync(history, Bare(Function("get", () => Log())).AddHeadroom(Options(), store));
        ChatHistory restored = Restored(history);
        restored.AddUserMessage("Show me more.");
        model.Then(r => Retrieve(r, "c2")).Says("again");

        await Service(model).AskAsync(restored, Bare(Function("get", () => Log())).AddHeadroom(Options(), store));

        Assert.Equal(Log(), model.Last.Results[1]);
    }

    [Fact]
    public async Task An_id_of_another_conversation_is_refused()
    {
        Kernel kernel = Build(Log());
        var first = new ScriptedChatClient().Calls(Call("c1")).Says("done");
        await Service(first).AskAsync(History(), kernel);
        string id = MarkerGrammar.FindIds(first.Last.Results[0]).Single();
        var second = new ScriptedChatClient().Calls(ScriptedChatClient.Call("c1", RetrievalTool.Name, ("id", id))).Says("done");

        await Service(second).AskAsync(History(), kernel);

        Assert.Contains("Nothing in this conversation has the id", second.Last.Results[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_redeemed_only_in_its_scope()
    {
        Kernel kernel = Build([Function("get", () => Log())], b => b.Services.Configure<HeadroomKernelOptions>(o => o.ScopeSelector = k => (string)k.Data["tenant"]!));
        Kernel one = kernel.Clone(), two = kernel.Clone();
        one.Data["tenant"] = "one";
        two.Data["tenant"] = "two";
        string id = MarkerGrammar.FindIds(await SentAsync(one)).Single();

        KernelFunction retrieve = kernel.Plugins.GetFunction("headroom", "retrieve");
        string mine = (await one.InvokeAsync<string>(retrieve, new KernelArguments { ["id"] = id }))!, theirs = (await two.InvokeAsync<string>(retrieve, new KernelArguments { ["id"] = id }))!;

        Assert.Equal(Log(), mine);
        Assert.Contains("no original", theirs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("nothing")]
    public async Task A_call_that_makes_no_sense_gets_an_answer(string argument)
    {
        Kernel kernel = Build(Log());

        string answer = (await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("headroom", "retrieve"), new KernelArguments { [argument] = 17 }))!;

        Assert.StartsWith(RetrievalTool.Name + ": ", answer);
    }

    [Fact]
    public void The_function_says_what_the_tool_says_everywhere()
    {
        KernelFunction function = Build(Log()).Plugins.GetFunction("headroom", "retrieve");

        Assert.Equal(RetrievalTool.Description, function.Description);
        Assert.Equal(RetrievalTool.Name, ((AIFunction)function).Name);
        using var schema = System.Text.Json.JsonDocument.Parse(RetrievalTool.ParametersSchema);
        Assert.Equal(schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name), function.Metadata.Parameters.Select(p => p.Name));
        Assert.Equal("id", function.Metadata.Parameters.Single(p => p.IsRequired).Name);
        Assert.All(function.Metadata.Parameters, p => Assert.Equal(schema.RootElement.GetProperty("properties").GetProperty(p.Name).GetRawText(), p.Schema!.RootElement.GetRawText()));
    }

    [Fact]
    public async Task Filters_of_others_run_around_retrieval_too()
    {
        List<string> ran = [];
        var model = new ScriptedChatClient().Calls(Call("c1")).Then(r => Retrieve(r, "c2")).Says("done");
        Kernel kernel = Build(Log());
        kernel.AutoFunctionInvocationFilters.Add(new Filter((context, next) =>
        {
            ran.Add(context.Function.Name);
            return next(context);
        }));

        await Service(model).AskAsync(History(), kernel);

        Assert.Equal(["get", "retrieve"], ran);
    }

    [Fact]
    public async Task Where_the_model_is_not_offered_the_function_nothing_is_cut()
    {
        KernelFunction get = Function("get", () => Log());
        Kernel kernel = Build([get]);
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto([kernel.Plugins.GetFunction("tools", "get")]) };

        Assert.Equal(Log(), new ConversationCompressor().Expand(await SentAsync(kernel, settings: settings)));
    }

    [Fact]
    public async Task In_lossless_mode_there_is_no_function_and_nothing_is_cut()
    {
        Kernel kernel = Build(Log(), options: o => o.Mode = CompressionMode.Lossless);
        var model = new ScriptedChatClient().Calls(Call("c1")).Says("done");

        await Service(model).AskAsync(History(), kernel);

        Assert.Equal(["tools_get"], model.Last.Tools);
        Assert.Equal(Log(), new ConversationCompressor().Expand(model.Last.Results[0]));
    }

    [Fact]
    public async Task Another_plugin_with_the_name_is_left_alone_and_nothing_is_cut()
    {
        foreach (string function in (string[])["retrieve", "something"])
        {
            Kernel kernel = Build([Function("get", () => Log())], b => b.Plugins.AddFromFunctions("headroom", [Function(function, () => "theirs")]));

            Assert.Equal("theirs", await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("headroom", function)));
            Assert.Equal(Log(), new ConversationCompressor().Expand(await SentAsync(kernel)));
        }
    }

    [Fact]
    public async Task A_function_of_another_plugin_that_comes_to_the_same_name_makes_cuts_impossible()
    {
        // "headroom" + "_" + "retrieve": without a plugin the whole name is the function's own.
        Kernel kernel = Build(Log());
        KernelFunction theirs = Function(RetrievalTool.Name, () => "theirs");
        var model = new ScriptedChatClient().Calls(Call("c1")).Says("done");
        ChatOptions options = Auto().ToChatOptions(kernel)!;
        options.Tools!.Add(theirs);
        IChatClient client = new ChatClientBuilder(model).UseKernelFunctionInvocation().Build();

        await client.GetResponseAsync([new ChatMessage(ChatRole.User, "What happened?")], options);

        Assert.Equal(Log(), new ConversationCompressor().Expand(model.Last.Results[0]));
    }

    private static ChatResponse Retrieve(SentRequest request, string callId) =>
        new(new ChatMessage(ChatRole.Assistant, [ScriptedChatClient.Call(callId, RetrievalTool.Name, ("id", request.Results.SelectMany(r => MarkerGrammar.FindIds(r)).First()))]) { MessageId = callId });

    /// <summary>A history as it comes back from where it was written down: equal, but other objects.</summary>
    private static ChatHistory Restored(ChatHistory history)
    {
        var restored = new ChatHistory();
        for (int i = 0; i < history.Count; i++)
        {
            var message = new ChatMessageContent(history[i].Role, (string?)null);
            foreach (KernelContent item in history[i].Items)
            {
                message.Items.Add(item switch
                {
                    Microsoft.SemanticKernel.FunctionResultContent result => new Microsoft.SemanticKernel.FunctionResultContent(result.FunctionName, result.PluginName, result.CallId, new string(((string)result.Result!).AsSpan())),
                    _ => item,
                });
            }

            restored.Add(message);
        }

        return restored;
    }
}
