using System.Text.Json;
using Headroom.Economics;
using Headroom.Extensions.AI.Messages;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>The n-th call of a conversation costs what is new in it. Counted, not timed.</summary>
public sealed class RememberedConversationTests
{
    public static TheoryData<bool, bool, bool> Calls()
    {
        var data = new TheoryData<bool, bool, bool>();
        for (int i = 0; i < 8; i++) data.Add((i & 1) > 0, (i & 2) > 0, (i & 4) > 0);
        return data;
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_reads_and_hashes_only_what_is_new_in_it(bool streaming, bool loadedAnew, bool window)
    {
        var ledger = new EntryLedger();
        var compressor = new ConversationCompressor(Settings(window), store: new InMemoryOriginalStore());
        var client = new HeadroomChatClient(new IdleClient(), compressor) { Ledger = ledger };
        MessageMemo memo = MessageMemo.Of(compressor);
        List<ChatMessage> history = [History.Message(0), History.Message(1)];
        await client.AskAsync(history, Options(), streaming);
        for (int turn = 0; turn < 20; turn++)
        {
            history.Add(History.Message(history.Count));
            history.Add(History.Message(history.Count));
            if (loadedAnew) history = [.. history.Select((_, at) => History.Message(at))];
            long before = memo.Read;

            await client.AskAsync(history, Options(), streaming);

            Assert.Equal(2, memo.Read - before);
            IReadOnlyList<LedgerBlock> blocks = ledger.Entries[^1].Blocks, known = ledger.Entries[^2].Blocks;
            Assert.InRange(blocks.Count - known.Count, 2, 4);
            int made = Enumerable.Range(1, known.Count - 1).Count(i => !ReferenceEquals(known[i], blocks[i])); // the first is the tool, made for this request
            Assert.True(window ? made <= known.Count : made == 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_adds_a_message_to_a_thousand_allocates_little(bool streaming)
    {
        var compressor = new ConversationCompressor(store: new InMemoryOriginalStore());
        var client = new HeadroomChatClient(new IdleClient(), compressor) { Ledger = new InMemoryHeadroomLedger() };
        List<ChatMessage> history = [.. Enumerable.Range(0, 1_000).Select(History.Message)];
        ChatOptions options = Options();
        await client.AskAsync(history, options, streaming);
        long least = long.MaxValue;
        for (int i = 0; i < 10; i++) // lists grow now and then
        {
            history.Add(User($"And now number {i}?"));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Task<ChatResponse> asked = client.AskAsync(history, options, streaming);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(asked.IsCompleted); // all of it on this thread
            await asked;
            least = Math.Min(least, allocated);
        }

        Assert.InRange(least, 1, 200_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_sent_of_a_message_is_sent_again_as_the_same_instance(bool streaming)
    {
        var model = new ScriptedChatClient().Says("one").Says("two");
        var client = new HeadroomChatClient(model, Compressor());
        List<ChatMessage> history = [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];
        await client.AskAsync(history, Options(), streaming);
        await client.AskAsync([.. history, User("And?")], Options(), streaming);

        Assert.NotSame(history[2], model.Last.Messages[2]);
        Assert.Same(model.Requests[0].Messages[2], model.Last.Messages[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_system_prompt_that_changes_with_every_request_is_all_that_is_read_again(bool instructions)
    {
        var compressor = new ConversationCompressor(store: new InMemoryOriginalStore());
        var client = new HeadroomChatClient(new IdleClient(), compressor) { Ledger = new InMemoryHeadroomLedger() };
        MessageMemo memo = MessageMemo.Of(compressor);
        ChatMessage[] history = [.. Enumerable.Range(instructions ? 1 : 0, 50).Select(History.Message)];
        for (int i = 0; i < 5; i++)
        {
            long before = memo.Read;
            ChatOptions options = Options();
            if (instructions) options.Instructions = $"It is {i} o'clock.";
            else history[0] = new ChatMessage(ChatRole.System, $"It is {i} o'clock.");

            await client.GetResponseAsync(history, options);

            Assert.Equal(i == 0 ? history.Length + (instructions ? 1 : 0) : 1, memo.Read - before);
        }
    }

    [Fact]
    public async Task Clients_that_share_an_engine_share_what_they_read()
    {
        ConversationCompressor compressor = Compressor();
        ChatMessage[] history = [.. Enumerable.Range(0, 20).Select(History.Message)];
        for (int i = 0; i < 3; i++) await new HeadroomChatClient(new IdleClient(), compressor).GetResponseAsync(history, Options()); // one a request, as some hosts do
        await new HeadroomChatReducer(compressor).ReduceAsync(history, CancellationToken.None);

        Assert.Equal(20, MessageMemo.Of(compressor).Read);
    }

    [Fact]
    public async Task Ten_thousand_live_conversations_stay_within_bounds()
    {
        const long Bound = 2_000_000;
        var compressor = new ConversationCompressor(new HeadroomOptions { MaxRememberedCharacters = Bound }, store: new InMemoryOriginalStore(), compressors: []);
        var client = new HeadroomChatClient(new IdleClient(), compressor) { Ledger = new InMemoryHeadroomLedger() };
        MessageMemo memo = MessageMemo.Of(compressor);
        for (int turn = 1; turn <= 2; turn++)
        {
            for (int conversation = 0; conversation < 10_000; conversation++)
            {
                List<ChatMessage> history = [new(ChatRole.System, "You are an agent."), User($"Question {conversation}")];
                for (int i = 0; i < turn; i++) history.AddRange([new(ChatRole.Assistant, [CallRows("c" + i)]), new(ChatRole.Tool, [new FunctionResultContent("c" + i, $"{conversation} {i}" + new string('x', 200))])]);
                await client.GetResponseAsync(history, Options());
                Assert.InRange(memo.Characters, 1, Bound);
            }
        }

        Assert.True(memo.Read <= 80_001); // what was idle is read again, no more
        Assert.Equal(20_000, ((InMemoryHeadroomLedger)client.Ledger).Snapshot().Compressed.Requests);
    }

    [Fact]
    public async Task A_document_that_is_disposed_of_after_a_request_is_not_missed()
    {
        var model = new ScriptedChatClient();
        var compressor = new ConversationCompressor(store: new InMemoryOriginalStore());
        var client = new HeadroomChatClient(model, compressor) { Ledger = new InMemoryHeadroomLedger() };
        for (int i = 0; i < 3; i++)
        {
            using JsonDocument document = JsonDocument.Parse("""{ "path": "a.cs", "rows": [ { "id": 1 }, { "id": 2 }, { "id": 3 }, { "id": 4 } ] }""");
            ChatMessage[] history =
            [
                User(),
                new(ChatRole.Assistant, [new FunctionCallContent("c1", "rows", new Dictionary<string, object?> { ["path"] = document.RootElement.GetProperty("path") })]),
                new(ChatRole.Tool, [new FunctionResultContent("c1", document.RootElement)]),
            ];
            model.Says("done");
            await client.GetResponseAsync(history, Options());
            Assert.Equal("""{"path":"a.cs","rows":[{"id":1},{"id":2},{"id":3},{"id":4}]}""", model.Last.Results[0]);
        }

        Assert.Equal(3, MessageMemo.Of(compressor).Read);
    }

    private static HeadroomOptions Settings(bool window) => window ? new HeadroomOptions().ContextWindow(4_000) : new HeadroomOptions();

    /// <summary>The ledger as it is handed requests.</summary>
    private sealed class EntryLedger : IHeadroomLedger
    {
        public List<LedgerEntry> Entries { get; } = [];

        public LedgerFigures Record(LedgerEntry entry)
        {
            Entries.Add(entry);
            return LedgerFigures.Zero;
        }

        public LedgerSnapshot Snapshot() => throw new NotSupportedException();
    }
}
