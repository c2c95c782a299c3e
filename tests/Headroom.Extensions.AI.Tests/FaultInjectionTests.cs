using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>A store that fails at its n-th call, for every n, over whole conversations: every request succeeds, no marker points to nothing, no original is wrong.</summary>
public sealed class FaultInjectionTests
{
    /// <summary>Short, since a store that hangs is waited for; a working one that takes longer on a busy machine only adds a failure.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(80);

    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    private static readonly string[] s_originals = [Rows, NumberedLinesCompressor.Text(210, "words of another table")];

    public static TheoryData<StoreFailure, Arrangement, bool> Failures()
    {
        var data = new TheoryData<StoreFailure, Arrangement, bool>();
        foreach (StoreFailure failure in Enum.GetValues<StoreFailure>())
        {
            foreach (Arrangement arrangement in new[] { Arrangement.Inside, Arrangement.Outside, Arrangement.Alone })
            {
                data.Add(failure, arrangement, false);
                data.Add(failure, arrangement, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_conversation_survives_a_store_that_fails_at_any_call(StoreFailure failure, Arrangement arrangement, bool streaming)
    {
        var kept = new DictionaryOriginalStore();
        var healthy = new FailingOriginalStore(failure, failAt: int.MaxValue, inner: kept);
        int cuts = await AssertNothingIsLostAsync(await ConverseAsync(healthy, arrangement, s_long, streaming), kept);
        Assert.True(cuts > 0, "nothing was left out: the test proves nothing");
        Assert.InRange(healthy.Calls, 5, 40); // two originals put and fetched, one fetched again

        bool hangs = failure is StoreFailure.Hang or StoreFailure.Block;
        for (int at = 1; at <= healthy.Calls; at++)
        {
            foreach (bool forEver in new[] { false, true })
            {
                kept = new DictionaryOriginalStore();
                using var store = new FailingOriginalStore(failure, at, forEver, kept);
                await AssertNothingIsLostAsync(await ConverseAsync(store, arrangement, hangs ? s_short : s_long, streaming), kept);
            }
        }
    }

    [Theory]
    [InlineData(StoreFailure.Hang, false)]
    [InlineData(StoreFailure.Hang, true)]
    [InlineData(StoreFailure.Block, false)]
    [InlineData(StoreFailure.Block, true)]
    public async Task A_store_that_hangs_holds_a_request_up_no_longer_than_its_bound(StoreFailure failure, bool streaming)
    {
        using var store = new FailingOriginalStore(failure);
        ChatMessage[] history =
        [
            User(),
            .. Enumerable.Range(0, 30).SelectMany(i => new ChatMessage[]
            {
                new(ChatRole.Assistant, [CallRows($"c{i}")]),
                new(ChatRole.Tool, [new FunctionResultContent($"c{i}", NumberedLinesCompressor.Text(200, $"words of table {i}"))]),
            }),
        ];
        ChatOptions options = Options();
        options.ConversationId = "conv"; // so that the originals must be stored
        var model = new ScriptedChatClient().Says("done", "conv");
        IChatClient client = Build(model, Arrangement.Alone, Compressor(store, TimeSpan.FromSeconds(1)));

        Task<ChatResponse> answer = client.AskAsync(history, options, streaming);
        Assert.Same(answer, await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(20)))); // thirty results would take half a minute, one after the other

        Assert.Equal("done", (await answer).Text);
        Assert.Equal(1, store.Calls);
        Assert.All(model.Last.Results, r => Assert.StartsWith("rows:\n", r, StringComparison.Ordinal));
    }

    private static ConversationCompressor Compressor(IOriginalStore store, TimeSpan timeout) => new(
        new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 100, StoreTimeout = timeout },
        store: store, compressors: [new NumberedLinesCompressor()]);

    /// <summary>Two turns of a user with a service that keeps the history, so that only the store has the originals.</summary>
    private static async Task<ScriptedChatClient> ConverseAsync(IOriginalStore store, Arrangement arrangement, TimeSpan timeout, bool streaming)
    {
        var model = new ScriptedChatClient();
        for (int i = 0; i < 12; i++) model.Then(Answer);
        IChatClient client = Build(model, arrangement, Compressor(store, timeout));
        foreach (string question in new[] { "Look at the rows.", "Look at both." })
        {
            ChatOptions options = Options(RowsTool(s_originals[0], "rows"), RowsTool(s_originals[1], "more"));
            options.ConversationId = "conv";
            List<ChatMessage> history = [User(question)];
            ChatResponse response = arrangement == Arrangement.Alone ? await HostAsync(client, history, options, streaming) : await client.AskAsync(history, options, streaming);
            Assert.Equal("done", response.Messages[^1].Text);
        }

        return model;
    }

    /// <summary>A host that runs the calls itself, and sends only what is new.</summary>
    private static async Task<ChatResponse> HostAsync(IChatClient client, List<ChatMessage> news, ChatOptions options, bool streaming)
    {
        while (true)
        {
            ChatResponse response = await client.AskAsync(news, options, streaming);
            AIContent[] contents = [.. response.Messages.SelectMany(m => m.Contents)];
            FunctionCallContent[] calls = [.. contents.OfType<FunctionCallContent>().Where(c => !c.InformationalOnly && c.Name != RetrievalTool.Name)];
            if (calls.Length == 0) return response;
            List<AIContent> results = [];
            foreach (FunctionCallContent call in calls)
                results.Add(new FunctionResultContent(call.CallId, await ((AIFunction)options.Tools!.Single(t => t.Name == call.Name)).InvokeAsync(new AIFunctionArguments(call.Arguments))));
            news = [new ChatMessage(ChatRole.Tool, results)];
        }
    }

    /// <summary>A model that calls the tools, fetches what was left out of what they said, and is done.</summary>
    private static ChatResponse Answer(SentRequest request)
    {
        string? question = request.Messages[^1].Role == ChatRole.User ? request.Messages[^1].Text : null;
        List<AIContent> contents = question switch
        {
            "Look at the rows." => [CallRows("c1")],
            "Look at both." => [ScriptedChatClient.Call("c2", "more"), CallRows("c3")],
            _ => [.. request.Results.SelectMany(r => MarkerGrammar.FindIds(r)).Distinct().Select((id, i) => Retrieve($"r{i}", id))],
        };
        if (contents.Count == 0) contents = [new TextContent("done")];
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = Guid.NewGuid().ToString() }) { ResponseId = Guid.NewGuid().ToString(), ConversationId = "conv" };
    }

    /// <summary>Looks at everything the model was sent; answers how many results were cut.</summary>
    private static async Task<int> AssertNothingIsLostAsync(ScriptedChatClient model, DictionaryOriginalStore kept)
    {
        int cuts = 0;
        foreach (string result in model.Requests.SelectMany(r => r.Results))
        {
            string[] ids = [.. MarkerGrammar.FindIds(result)];
            foreach (string id in ids) Assert.Contains((await kept.GetAsync(new OriginalKey("", id))).Text, s_originals);
            cuts += ids.Length;
            // Whole, cut, fetched, or an honest miss: never another text.
            Assert.True(
                ids.Length > 0 || s_originals.Contains(result) || result.StartsWith("rows:\n", StringComparison.Ordinal)
                || result.Contains("The store that keeps the original", StringComparison.Ordinal) || result.Contains("There is no original with the id", StringComparison.Ordinal),
                result);
        }

        return cuts;
    }
}
