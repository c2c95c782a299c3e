using Headroom.Economics;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>Services that keep the history: only what is new is sent to them, so nobody but the store holds an original.</summary>
public sealed class StatefulServiceTests
{
    [Theory]
    [InlineData(Arrangement.Inside, false)]
    [InlineData(Arrangement.Inside, true)]
    [InlineData(Arrangement.Outside, false)]
    [InlineData(Arrangement.Outside, true)]
    public async Task Originals_come_back_from_the_store(Arrangement arrangement, bool streaming)
    {
        var store = new DictionaryOriginalStore();
        string id = OriginalId.Compute(Rows);
        var model = new ScriptedChatClient().CallsIn("conv", CallRows()).Says("cut", "conv").CallsIn("conv", Retrieve("c2", id)).Says("done", "conv");
        IChatClient client = Build(model, arrangement, Compressor(store));

        ChatResponse first = await client.AskAsync([User()], Options(), streaming);
        ChatOptions options = Options();
        options.ConversationId = first.ConversationId;
        ChatResponse second = await client.AskAsync([User("more")], options, streaming);

        Assert.Equal(1, store.Count);
        Assert.StartsWith("[headroom ", model.Requests[1].Results[0], StringComparison.Ordinal);
        Assert.Single(model.Requests[1].Messages);
        Assert.Single(model.Last.Messages); // the answer alone: the service has the rest
        Assert.Equal([Rows], model.Last.Results);
        Assert.Equal("conv", model.Last.Options!.ConversationId);
        Assert.Equal("done", second.Messages[^1].Text);
        Assert.Null(Options().ConversationId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_beside_another_call_goes_with_the_results_of_that_call(bool streaming)
    {
        string id = OriginalId.Compute(Rows);
        var model = new ScriptedChatClient().CallsIn("conv", CallRows()).CallsIn("conv", Retrieve("c2", id), ScriptedChatClient.Call("c3", "other")).Says("done", "conv").Says("after", "conv");
        IChatClient client = Build(model, Arrangement.Inside);
        ChatOptions options = Options(RowsTool(), RowsTool("other result", "other"));

        await client.AskAsync([User()], options, streaming);

        Assert.Equal(["c2", "c3"], model.Last.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.CallId));
        Assert.Equal([Rows, "other result"], model.Last.Results);

        options.ConversationId = "conv";
        await client.AskAsync([User("more")], options, streaming);
        Assert.Empty(model.Last.Results); // delivered once
    }

    [Theory]
    [InlineData(Arrangement.Inside, false)]
    [InlineData(Arrangement.Inside, true)]
    [InlineData(Arrangement.Outside, false)]
    [InlineData(Arrangement.Outside, true)]
    [InlineData(Arrangement.Both, false)]
    [InlineData(Arrangement.Both, true)]
    [InlineData(Arrangement.Alone, false)]
    [InlineData(Arrangement.Alone, true)]
    public async Task A_window_takes_nothing_from_a_history_that_cannot_be_seen(Arrangement arrangement, bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient();
        IChatClient client = Build(model, arrangement, SmallWindow(), headroom: h => h.Ledger = ledger);
        ChatOptions options = Options(PageTool());
        for (int turn = 0; turn < 16; turn++)
        {
            model.CallsIn("conv", CallRows($"c{turn}")).Says($"answer {turn}", "conv");
            List<ChatMessage> messages = [User($"Question {turn}")];
            ChatResponse response = await client.AskAsync(messages, options, streaming);
            options.ConversationId = "conv";
            if (arrangement != Arrangement.Alone) continue;
            string page = (await ((AIFunction)options.Tools![0]).InvokeAsync())!.ToString()!;
            await client.AskAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Single().CallId, page)])], options, streaming);
        }

        Assert.Equal(32, model.Requests.Count);
        Assert.Equal(Enumerable.Range(0, 16).Select(Page), model.Requests.SelectMany(r => r.Results)); // each once, and whole
        LedgerFigures figures = ledger.Snapshot().Compressed;
        Assert.Equal((arrangement == Arrangement.Outside ? 16 : 32, 1), (figures.Requests, figures.Conversations));
        Assert.True(figures.PartialRequests >= figures.Requests - 1); // the first was whole as far as anybody knew
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_cut_before_the_service_turned_out_to_keep_the_history_is_stored_then(bool streaming)
    {
        var store = new DictionaryOriginalStore();
        var model = new ScriptedChatClient().Says("hello", "conv");
        ChatMessage[] history = [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];

        await Build(model, Arrangement.Inside, Compressor(store)).AskAsync(history, Options(), streaming);

        Assert.StartsWith("[headroom ", model.Last.Results[0], StringComparison.Ordinal);
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public async Task Without_a_working_store_nothing_is_cut()
    {
        var model = new ScriptedChatClient().CallsIn("conv", CallRows()).Says("done", "conv");

        await Build(model, Arrangement.Inside, Compressor(new FailingOriginalStore(StoreFailure.Throw))).GetResponseAsync([User()], Options());

        Assert.StartsWith("rows:\n", model.Last.Results[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_id_of_another_scope_is_answered_exactly_as_one_that_never_was(bool streaming)
    {
        var store = new AskedStore();
        string foreign = OriginalId.Compute("a secret of tenant b"), never = OriginalId.Compute("never stored");
        Assert.True(await store.PutAsync(new OriginalKey("b", foreign), "a secret of tenant b"));
        List<(string Answer, int Calls)> answers = [];
        foreach (string id in new[] { foreign, never })
        {
            var model = new ScriptedChatClient().CallsIn("conv", Retrieve("c1", id)).Says("done", "conv");
            IChatClient client = Build(model, Arrangement.Alone, Compressor(store), headroom: c => c.ScopeSelector = _ => "a");
            ChatOptions options = Options();
            options.ConversationId = "conv";
            int before = store.Asked.Count;
            await client.AskAsync([User()], options, streaming);
            answers.Add((Assert.Single(model.Last.Results).Replace(id, "ID", StringComparison.Ordinal), store.Asked.Count - before));
            Assert.Equal(new OriginalKey("a", id), store.Asked[^1]);
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(1, answers[0].Calls);
    }

    private sealed class AskedStore : IOriginalStore
    {
        private readonly InMemoryOriginalStore _inner = new();

        public List<OriginalKey> Asked { get; } = [];

        public ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default) => _inner.PutAsync(key, original, cancellationToken);

        public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
        {
            Asked.Add(key);
            return _inner.GetAsync(key, cancellationToken);
        }
    }
}
