using Headroom.Economics;
using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class ShadowAndHoldOutTests
{
    private static ConversationCompressor With(Action<HeadroomOptions> configure, IOriginalStore? store = null)
    {
        var options = new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 100 };
        configure(options);
        return new ConversationCompressor(options, store: store ?? new InMemoryOriginalStore(), compressors: [new NumberedLinesCompressor()]);
    }

    private static ChatMessage[] History(string question = "Look at the rows.") =>
        [User(question), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];

    public static TheoryData<Arrangement, bool, bool> Untouched()
    {
        var data = new TheoryData<Arrangement, bool, bool>();
        foreach (Arrangement arrangement in Enum.GetValues<Arrangement>())
        {
            foreach (bool streaming in new[] { false, true })
            {
                data.Add(arrangement, streaming, false);
                data.Add(arrangement, streaming, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Untouched))]
    public async Task Shadow_and_held_out_conversations_are_sent_as_they_are_handed_in(Arrangement arrangement, bool streaming, bool shadow)
    {
        var store = new DictionaryOriginalStore();
        ConversationCompressor compressor = With(o => (o.Shadow, o.HoldOutShare) = (shadow, shadow ? 0 : 1), store);
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient().Calls(CallRows("c2")).Says("done");
        ScriptedChatClient plain = new ScriptedChatClient().Calls(CallRows("c2")).Says("done");
        ChatMessage[] history = History();
        ChatOptions options = Options();

        await Build(model, arrangement, compressor, headroom: h => h.Ledger = ledger).ConverseAsync([.. history], options, streaming);
        await Build(plain, Arrangement.Alone, With(o => o.HoldOutShare = 1)).ConverseAsync([.. history], options, streaming);

        Assert.Equal(plain.Last.Wire, model.Last.Wire);
        Assert.All(model.Requests, r => Assert.Equal(["rows"], r.Tools));
        Assert.All(history, (m, i) => Assert.Same(m, model.Requests[0].Messages[i]));
        Assert.Same(options.Tools![0], model.Requests[0].Options!.Tools![0]);
        LedgerSnapshot snapshot = ledger.Snapshot();
        LedgerFigures figures = shadow ? snapshot.Shadow : snapshot.HeldOut;
        Assert.InRange(figures.Requests, 1, 2); // outside the loop the second is out of sight
        Assert.Equal(0, snapshot.Compressed.Requests);
        if (shadow) Assert.InRange(figures.TouchedItems.Net, 1, figures.TouchedItems.Before);
        else Assert.Equal((0, 0), (figures.WholeWire.Net, figures.WholeWire.Overhead.Total));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shadow_shows_what_compressing_then_does(bool streaming)
    {
        InMemoryHeadroomLedger measured = new(), real = new();
        ScriptedChatClient Script() => new ScriptedChatClient().Calls(CallRows("c2")).Says("done");
        await Build(Script(), Arrangement.Inside, With(o => o.Shadow = true), headroom: h => h.Ledger = measured).AskAsync(History(), Options(), streaming);
        await Build(Script(), Arrangement.Inside, With(_ => { }), headroom: h => h.Ledger = real).AskAsync(History(), Options(), streaming);

        LedgerFigures would = measured.Snapshot().Shadow, does = real.Snapshot().Compressed;
        Assert.Equal(does.WholeWire, would.WholeWire);
        Assert.Equal(does.NewInput, would.NewInput);
        Assert.Equal(does.TouchedItems, would.TouchedItems);
        Assert.Equal(does.CacheSent, would.CacheSent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shadow_stores_nothing_even_where_the_service_keeps_the_history(bool streaming)
    {
        var store = new InMemoryOriginalStore();
        IChatClient client = Build(new ScriptedChatClient().Says("one", "s1").Says("two", "s1"), Arrangement.Inside, With(o => o.Shadow = true, store), headroom: h => h.Ledger = new InMemoryHeadroomLedger());
        ChatOptions options = Options();
        options.ConversationId = (await client.AskAsync(History(), options, streaming)).ConversationId;

        await client.AskAsync(History(), options, streaming);

        Assert.Equal(OriginalStatus.Unknown, (await store.GetAsync(new OriginalKey("", OriginalId.Compute(Rows)))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whether_a_conversation_is_held_out_never_changes_while_it_lasts(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        int held = 0;
        for (int i = 0; i < 40; i++)
        {
            var model = new ScriptedChatClient();
            for (int turn = 0; turn < 4; turn++) model.Calls(CallRows($"c{i}-{turn}")).Says("done");
            List<ChatMessage> history = [new(ChatRole.System, "Be brief."), User($"Question {i}")];
            for (int turn = 0; turn < 4; turn++)
            {
                // A new client each time, as after a restart.
                ChatResponse response = await Build(model, Arrangement.Inside, With(o => o.HoldOutShare = 0.5), headroom: h => h.Ledger = ledger).AskAsync(history, Options(), streaming);
                history.AddRange(response.Messages);
                history.Add(User($"And then? {turn}"));
            }

            Assert.Single(model.Requests.Select(r => r.Tools.Contains(RetrievalTool.Name)).Distinct());
            for (int r = 1; r < model.Requests.Count; r++)
                Assert.Equal(model.Requests[r - 1].Wire, model.Requests[r].Wire.Take(model.Requests[r - 1].Wire.Count)); // law 3
            held += model.Last.Tools.Contains(RetrievalTool.Name) ? 0 : 1;
        }

        Assert.InRange(held, 5, 35);
        Assert.Equal((held, 40 - held), (ledger.Snapshot().HeldOut.Conversations, ledger.Snapshot().Compressed.Conversations));
        Assert.Equal(0, ledger.Snapshot().HeldOut.WholeWire.Net);
        Assert.InRange(ledger.Snapshot().Compressed.WholeWire.Net, 1, long.MaxValue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_does_not_change_where_the_service_keeps_the_history(bool streaming)
    {
        int held = 0;
        for (int i = 0; i < 20; i++)
        {
            var model = new ScriptedChatClient().Says("one", $"{i}-1").Says("two", $"{i}-2").Says("three", $"{i}-3");
            IChatClient client = Build(model, Arrangement.Inside, With(o => o.HoldOutShare = 0.5)); // no ledger is needed
            ChatOptions options = Options();
            for (int turn = 0; turn < 3; turn++) options.ConversationId = (await client.AskAsync([User($"{i} {turn}")], options, streaming)).ConversationId;
            held += Assert.Single(model.Requests.Select(r => r.Tools.Count).Distinct()) == 1 ? 1 : 0;
        }

        Assert.InRange(held, 1, 19);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_name_the_application_gives_decides_instead_of_how_a_conversation_begins(bool streaming)
    {
        for (int i = 0; i < 20; i++)
        {
            var model = new ScriptedChatClient().Says("one").Says("two");
            string name = $"thread {i}";
            IChatClient client = Build(model, Arrangement.Inside, With(o => o.HoldOutShare = 0.5), headroom: h => h.ConversationSelector = _ => name);
            await client.AskAsync(History(), Options(), streaming);
            await client.AskAsync(History("cut short"), Options(), streaming);

            bool held = HoldOut.Contains(name, 0.5);
            Assert.All(model.Requests, r => Assert.Equal(!held, r.Tools.Contains(RetrievalTool.Name)));
        }
    }

    [Fact]
    public void A_share_out_of_range_is_reported_when_the_pipeline_is_built()
    {
        var services = new ServiceCollection();
        services.AddHeadroom(o => o.HoldOutShare = 2);
        services.AddChatClient(new ScriptedChatClient()).UseHeadroom();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Contains("HoldOutShare", Assert.Throws<ArgumentException>(provider.GetRequiredService<IChatClient>).Message, StringComparison.Ordinal);
    }
}
