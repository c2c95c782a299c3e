using Headroom.Retrieval;
using static Headroom.SemanticKernel.Kernels;
using KernelResult = Microsoft.SemanticKernel.FunctionResultContent;

namespace Headroom.SemanticKernel;

/// <summary>The filter in the loop of connectors that run functions themselves.</summary>
public sealed class ConnectorTests
{
    private sealed record Order(int Id, string State);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Results_are_cut_and_come_back_whole(bool streaming, bool sideBySide)
    {
        var connector = new ScriptedConnector()
            .Calls(ScriptedConnector.Call("c1"), ScriptedConnector.Call("c2", "read"))
            .Then(sent => ScriptedConnector.Turn(Retrieve("c3", MarkerGrammar.FindIds(sent[2]).Single())))
            .Says("done");
        Kernel kernel = Build([Function("get", () => Log()), Function("read", () => Log(seed: 2))]);
        ChatHistory history = History();

        await connector.AskAsync(history, kernel, streaming, Auto(new FunctionChoiceBehaviorOptions { AllowConcurrentInvocation = sideBySide }));

        string[] last = connector.Requests[^1];
        Assert.StartsWith("tool: result c1 [headroom ", last[2]);
        Assert.StartsWith("tool: result c2 [headroom ", last[3]);
        Assert.Equal("tool: result c3 " + Log(), last[5]);
        for (int i = 1; i < connector.Requests.Count; i++) Assert.Equal(connector.Requests[i - 1], connector.Requests[i].Take(connector.Requests[i - 1].Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Texts_come_out_as_they_do_in_the_loop_over_a_chat_client(bool streaming)
    {
        string[] results = [Log(), Log(30, 5) + "\n" + Log(), Log(9, 77), Log(), Log(9, 77), "[headroom 0123456789: 20 lines, 3 shown]", ""];
        var connector = new ScriptedConnector();
        var model = new ScriptedChatClient();
        for (int i = 0; i < results.Length; i++)
        {
            connector.Calls(ScriptedConnector.Call($"c{i}"));
            model.Calls(Call($"c{i}"));
        }

        connector.Says("done");
        model.Says("done");
        Queue<string> one = new(results), two = new(results);
        await connector.AskAsync(History(), Build([Function("get", one.Dequeue)]), streaming);
        await Service(model).AskAsync(History(), Build([Function("get", two.Dequeue)]), streaming);

        string[] tools = [.. connector.Requests[^1].Where(m => m.StartsWith("tool: ", StringComparison.Ordinal))];
        Assert.Equal(model.Last.Results.Select((r, i) => $"tool: result c{i} {r}"), tools);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values_are_written_as_the_connector_writes_them(bool streaming)
    {
        Order[] orders = [.. Enumerable.Range(1, 4).Select(i => new Order(i, "öffen <b>"))];

        string sent = await SentAsync(Build(orders), streaming);

        Assert.Equal(await SentAsync(Bare(Function("get", () => orders)), streaming), new ConversationCompressor().Expand(sent));
        Assert.Contains("öffen <b>", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(17)]
    [InlineData("short")]
    public async Task Other_values_are_sent_as_without_us(object? value)
    {
        Assert.Equal(await SentAsync(Bare(Function("get", () => value))), await SentAsync(Build(value)));
    }

    [Fact]
    public async Task An_exception_of_a_function_is_what_it_is_without_us()
    {
        KernelFunction failing = Function("get", () => throw new InvalidOperationException(Log()));

        Assert.Equal(await SentAsync(Bare(failing)), await SentAsync(Build([failing])));
    }

    [Fact]
    public async Task A_function_that_is_required_once_can_be_cut_no_more_than_the_model_can_ask()
    {
        // After its first request, a required choice offers no functions: the model could not fetch what was left out.
        var connector = new ScriptedConnector().Calls(ScriptedConnector.Call("c1")).Says("done");

        await connector.AskAsync(History(), Build(Log()), settings: new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Required() });

        Assert.Equal(Log(), new ConversationCompressor().Expand(connector.Requests[^1][2]["tool: result c1 ".Length..]));
    }

    [Fact]
    public async Task Settings_of_a_connector_s_own_cannot_be_read_so_nothing_is_cut()
    {
        var connector = new ScriptedConnector { TellsSettings = false }.Calls(ScriptedConnector.Call("c1")).Says("done");

        await connector.AskAsync(History(), Build(Log()));

        Assert.Equal(Log(), new ConversationCompressor().Expand(connector.Requests[^1][2]["tool: result c1 ".Length..]));
    }

    [Fact]
    public async Task A_kernel_shared_by_concurrent_requests_serves_each_as_if_alone()
    {
        Kernel shared = Build(Log(60));
        Task<string[]> Ask(Kernel kernel, int i) => Task.Run(async () =>
        {
            var connector = new ScriptedConnector().Calls(ScriptedConnector.Call("c1"), ScriptedConnector.Call("c2")).Calls(ScriptedConnector.Call("c3")).Says("done");
            await connector.AskAsync(History($"Question {i}"), kernel, streaming: i % 2 == 0, Auto(new FunctionChoiceBehaviorOptions { AllowConcurrentInvocation = i % 3 == 0 }));
            return connector.Requests[^1];
        });

        string[][] alone = [];
        for (int i = 0; i < 18; i++) alone = [.. alone, await Ask(Build(Log(60)), i)];

        Assert.Equal(alone, await Task.WhenAll(Enumerable.Range(0, 18).Select(i => Ask(shared, i))));
    }

    /// <summary>Runs one function, and returns what the model was sent of its result.</summary>
    private static async Task<string> SentAsync(Kernel kernel, bool streaming = false)
    {
        var connector = new ScriptedConnector().Calls(ScriptedConnector.Call("c1")).Says("done");
        ChatHistory history = History();
        await connector.AskAsync(history, kernel, streaming);
        Assert.Equal("tool: result c1 " + ((KernelResult)history[2].Items[1]).Result, connector.Requests[^1][2]);
        return connector.Requests[^1][2]["tool: result c1 ".Length..];
    }

    private static Microsoft.SemanticKernel.FunctionCallContent Retrieve(string callId, string id) => new("retrieve", "headroom", callId, new KernelArguments { ["id"] = id });
}
