using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.SemanticKernel.Kernels;
using KernelCall = Microsoft.SemanticKernel.FunctionCallContent;
using KernelResult = Microsoft.SemanticKernel.FunctionResultContent;

namespace Headroom.SemanticKernel;

/// <summary>Hosts that keep a history and call the service themselves.</summary>
public sealed class HeadroomChatCompletionServiceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_sent_stays_the_same_bytes_while_the_history_stays_whole(bool streaming)
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        ChatHistory history = History();
        for (int turn = 0; turn < 5; turn++)
        {
            AddResult(history, $"c{turn}", turn is 1 or 3 ? Log(12, 5) : Log(seed: turn + 1)); // once something that was read before
            connector.Says($"answer {turn}");
            await service.AskAsync(history, kernel, streaming, Manual());
            history.AddUserMessage("And then?");
        }

        for (int i = 1; i < 5; i++) Assert.Equal(connector.Requests[i - 1], connector.Requests[i].Take(connector.Requests[i - 1].Length));
        Assert.StartsWith("tool: result c0 [headroom ", connector.Requests[^1][2]);
        Assert.StartsWith("tool: result c3 [= lines ", connector.Requests[^1][14]);
        Assert.Equal(Log(), ((KernelResult)history[2].Items[^1]).Result);
        Assert.Equal(Log(), history[2].Content);
    }

    [Fact]
    public async Task What_it_sends_is_what_the_chat_client_sends()
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        ChatHistory history = History();
        List<ChatMessage> messages = [new(ChatRole.User, "What happened?")];
        var model = new ScriptedChatClient();
        IChatClient client = new ChatClientBuilder(model).UseHeadroom(Options(), new InMemoryOriginalStore()).Build(new ServiceCollection().BuildServiceProvider());
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => "", "tools_get")] };
        for (int turn = 0; turn < 4; turn++)
        {
            string result = turn == 3 ? Log(30, 9) + "\n" + Log() : Log(90, turn + 1);
            AddResult(history, $"c{turn}", result);
            messages.Add(new ChatMessage(ChatRole.Assistant, [Call($"c{turn}")]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"c{turn}", result)]));
            connector.Says("answer");
            model.Says("answer");
            await service.AskAsync(history, kernel, settings: Manual());
            messages.AddRange((await client.GetResponseAsync(messages, options)).Messages);
        }

        IEnumerable<string> results = connector.Requests[^1].Where(m => m.StartsWith("tool: ", StringComparison.Ordinal));
        Assert.Equal(model.Last.Results.Select((r, i) => $"tool: result c{i} {r}"), results);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_service_adds_to_a_history_is_handed_back(bool streaming)
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        connector.Calls(ScriptedConnector.Call("c1")).Then(sent => ScriptedConnector.Turn(Retrieve("c2", MarkerGrammar.FindIds(sent[2]).Single()))).Says("done");
        ChatHistory history = History();
        AddResult(history, "c0", Log(seed: 2)); // something to compress, so that a copy is sent

        await service.AskAsync(history, kernel, streaming);

        Assert.Equal(["user", "assistant", "tool", "assistant", "tool", "assistant", "tool", "assistant"], history.Select(m => m.Role.Label));
        Assert.Equal(Log(seed: 2), ((KernelResult)history[2].Items[^1]).Result);
        Assert.StartsWith("[headroom ", (string?)((KernelResult)history[4].Items[^1]).Result);
        Assert.Equal(Log(seed: 2), ((KernelResult)history[6].Items[^1]).Result);

        // What the filter cut at birth, and what the decorator cut, both stay as they were sent.
        connector.Says("again");
        history.AddUserMessage("And now?");
        await service.AskAsync(history, kernel, streaming);
        Assert.Equal(connector.Requests[^2], connector.Requests[^1].Take(connector.Requests[^2].Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_added_before_a_failure_is_handed_back_too(bool streaming)
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        connector.Calls(ScriptedConnector.Call("c1")).Then(_ => throw new IOException("busy"));
        ChatHistory history = History();
        AddResult(history, "c0", Log(seed: 2));

        await Assert.ThrowsAsync<IOException>(() => service.AskAsync(history, kernel, streaming));

        Assert.Equal(5, history.Count);
    }

    [Fact]
    public async Task Where_the_model_is_not_offered_the_function_nothing_is_cut()
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        connector.Says("answer");
        ChatHistory history = History();
        AddResult(history, "c0", Log());

        await service.AskAsync(history, kernel, settings: new PromptExecutionSettings());

        Assert.Equal(Log(), new ConversationCompressor().Expand(connector.Requests[^1][2]["tool: result c0 ".Length..]));
    }

    [Fact]
    public async Task A_later_request_without_tools_keeps_the_bytes()
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        connector.Says("answer").Says("sum");
        ChatHistory history = History();
        AddResult(history, "c0", Log());
        await service.AskAsync(history, kernel, settings: Manual());
        history.AddUserMessage("Sum up.");

        await service.AskAsync(history, kernel, settings: new PromptExecutionSettings());

        Assert.Equal(connector.Requests[0], connector.Requests[1].Take(3));
    }

    [Fact]
    public async Task Text_parts_and_parts_without_a_counterpart_stay_the_same_objects()
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector _) = Build();
        var seen = new SeeingService();
        service = new HeadroomChatCompletionService(seen, kernel.GetRequiredService<ConversationCompressor>());
        ChatHistory history = History();
        history.Add(new ChatMessageContent(AuthorRole.User, [new ImageContent(new Uri("https://example.com/a.png")), new Microsoft.SemanticKernel.TextContent(Log())]));
        AddResult(history, "c0", Log());

        await service.AskAsync(history, kernel, settings: Manual());

        for (int i = 0; i < 3; i++) Assert.Same(history[i], seen.Asked[i]);
        Assert.NotSame(history[3], seen.Asked[3]);
        Assert.Equal(seen.Asked[3].Content, ((KernelResult)seen.Asked[3].Items[^1]).Result);
        Assert.Equal(("c0", "tools", "get"), ((KernelResult)seen.Asked[3].Items[^1]) is var r ? (r.CallId, r.PluginName, r.FunctionName) : default);
    }

    [Fact]
    public async Task Tool_messages_without_results_are_compressed_by_their_text()
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build();
        connector.Says("answer");
        ChatHistory history = History();
        history.AddMessage(AuthorRole.Tool, Log());

        await service.AskAsync(history, kernel, settings: Manual());

        Assert.StartsWith("tool: [headroom ", connector.Requests[^1][1]);
        Assert.Equal(Log(), history[1].Content);
    }

    [Theory]
    [InlineData(StoreFailure.Throw)]
    [InlineData(StoreFailure.Refuse)]
    public async Task A_store_that_fails_leaves_histories_whole(StoreFailure failure)
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build(b => b.Services.AddSingleton<IOriginalStore>(new FailingOriginalStore(failure)));
        connector.Says("answer");
        ChatHistory history = History();
        AddResult(history, "c0", Log());

        await service.AskAsync(history, kernel, settings: Manual());

        Assert.Equal(Log(), new ConversationCompressor().Expand(connector.Requests[^1][2]["tool: result c0 ".Length..]));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_cancelled()
    {
        (IChatCompletionService service, Kernel kernel, ScriptedConnector connector) = Build(b => b.Services.AddSingleton<IOriginalStore>(new FailingOriginalStore(StoreFailure.Hang)));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        ChatHistory history = History();
        AddResult(history, "c0", Log());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.GetChatMessageContentsAsync(history, Manual(), kernel, cancelled.Token));
        Assert.Empty(connector.Requests);
    }

    [Fact]
    public void Services_registered_so_far_are_decorated_once_and_keyed_ones_too()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatCompletionService>(new ScriptedConnector());
        builder.Services.AddKeyedSingleton<IChatCompletionService>("a", (_, _) => new ScriptedConnector());
        builder.Services.AddSingleton<IChatCompletionService, SeeingService>();
        builder.Services.AddKeyedSingleton<IChatCompletionService, SeeingService>("b");
        builder.AddHeadroom().CompressChatHistories().CompressChatHistories();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("late", new ScriptedConnector());
        Kernel kernel = builder.Build();

        Assert.All(kernel.Services.GetServices<IChatCompletionService>(), s => Assert.IsType<HeadroomChatCompletionService>(s));
        Assert.IsType<HeadroomChatCompletionService>(kernel.GetRequiredService<IChatCompletionService>("a"));
        Assert.Equal("seeing", kernel.GetRequiredService<IChatCompletionService>("b").Attributes["name"]);
        Assert.IsType<ScriptedConnector>(kernel.GetRequiredService<IChatCompletionService>("late"));
    }

    private static (IChatCompletionService Service, Kernel Kernel, ScriptedConnector Connector) Build(Action<IKernelBuilder>? configure = null)
    {
        var connector = new ScriptedConnector();
        Kernel kernel = Kernels.Build([Function("get", () => Log())], b =>
        {
            configure?.Invoke(b);
            b.Services.AddSingleton<IChatCompletionService>(connector);
            b.AddHeadroom().CompressChatHistories();
        });
        return (kernel.GetRequiredService<IChatCompletionService>(), kernel, connector);
    }

    /// <summary>Functions are offered, and the host runs them.</summary>
    private static PromptExecutionSettings Manual() => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

    private static void AddResult(ChatHistory history, string id, string text)
    {
        history.Add(ScriptedConnector.Turn(ScriptedConnector.Call(id)));
        var message = new ChatMessageContent(AuthorRole.Tool, text);
        message.Items.Add(new KernelResult("get", "tools", id, text));
        history.Add(message);
    }

    private static KernelCall Retrieve(string callId, string id) => new("retrieve", "headroom", callId, new KernelArguments { ["id"] = id });

    private sealed class SeeingService : IChatCompletionService
    {
        public ChatHistory Asked { get; private set; } = [];

        public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?> { ["name"] = "seeing" };

        public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
        {
            Asked = chatHistory;
            return Task.FromResult<IReadOnlyList<ChatMessageContent>>([new ChatMessageContent(AuthorRole.Assistant, "seen")]);
        }

        public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
