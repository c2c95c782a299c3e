using System.Runtime.CompilerServices;
using Headroom.Economics;
using Headroom.Extensions.AI.Messages;
using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>What callers do to a client: never an exception of ours, never a changed pair.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hundred_conversations_at_once_are_sent_as_if_each_was_alone(bool streaming)
    {
        var compressor = new ConversationCompressor(new HeadroomOptions { MaxRememberedCharacters = 300_000 }.ContextWindow(4_000), store: new InMemoryOriginalStore());
        var ledger = new InMemoryHeadroomLedger();
        using var shared = new HeadroomChatClient(new Echo(), compressor) { Ledger = ledger };
        await Parallel.ForAsync(0, 100, async (conversation, token) =>
        {
            var random = new Random(conversation % 20); // five of each, side by side
            List<ChatMessage> history = [.. Enumerable.Range(0, 3).Select(_ => RandomHistory.Message(random.Next(1_000)))];
            for (int call = 0; call < 8; call++)
            {
                RandomHistory.Edit(random, history);
                string sent = (await shared.AskAsync(history, Options(), streaming, token)).Text;
                if (call % 4 != 3) continue;
                using var alone = new HeadroomChatClient(new Echo(), new ConversationCompressor(new HeadroomOptions().ContextWindow(4_000), store: new InMemoryOriginalStore()));
                Assert.Equal((await alone.AskAsync(history, Options(), streaming, token)).Text, sent);
            }
        });

        Assert.Equal(800, ledger.Snapshot().Compressed.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_messages_without_calls_or_with_one_id_are_read_once(bool streaming)
    {
        var compressor = new ConversationCompressor(store: new InMemoryOriginalStore());
        using var client = new HeadroomChatClient(new Echo(), compressor) { Ledger = new InMemoryHeadroomLedger() };
        List<ChatMessage> history = [.. Enumerable.Range(0, 10_000).Select(i => (i % 4) switch
        {
            0 => new ChatMessage(ChatRole.Tool, [new FunctionResultContent("orphan" + i, $"result {i}")]),
            1 => new ChatMessage(ChatRole.Assistant, [CallRows("same")]),
            2 => new ChatMessage(ChatRole.Tool, [new FunctionResultContent("same", $"result {i}"), new FunctionResultContent("same", $"again {i}")]),
            _ => User($"question {i}"),
        })];

        string first = (await client.AskAsync(history, Options(), streaming)).Text;
        history.Add(User("And?"));
        string second = (await client.AskAsync(history, Options(), streaming)).Text;

        Assert.StartsWith(first, second, StringComparison.Ordinal);
        Assert.Equal(10_001, MessageMemo.Of(compressor).Read);
        Assert.Equal(10_001, second.Split('\n').Length);
    }

    [Fact]
    public async Task The_nearest_call_before_a_result_is_its_call()
    {
        var compressor = new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 100 }.Tool("kept").Verbatim(), compressors: [new NumberedLinesCompressor()]);
        var model = new ScriptedChatClient().Says("done");
        using var client = new HeadroomChatClient(model, compressor);
        FunctionResultContent Result() => new("c1", Rows);

        await client.GetResponseAsync(
            [
                new(ChatRole.Tool, [Result()]), // before any call
                new(ChatRole.Assistant, [ScriptedChatClient.Call("c1", "kept")]), new(ChatRole.Tool, [Result()]),
                new(ChatRole.Assistant, [ScriptedChatClient.Call("c1", "other")]), new(ChatRole.Tool, [Result(), ScriptedChatClient.Call("c1", "kept"), Result()]),
                .. Enumerable.Range(0, 40).Select(i => User($"far away {i}")), new(ChatRole.Tool, [Result()]),
            ],
            Options());

        Assert.Equal([false, true, false, true, true], model.Last.Results.Select(r => r == Rows));
    }

    public static TheoryData<Arrangement, bool, bool> Cancelled()
    {
        var data = new TheoryData<Arrangement, bool, bool>();
        foreach (Arrangement arrangement in Enum.GetValues<Arrangement>())
        {
            for (int i = 0; i < 4; i++) data.Add(arrangement, (i & 1) > 0, (i & 2) > 0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cancelled))]
    public async Task Cancelled_at_any_await_a_request_ends_and_the_next_is_as_ever(Arrangement arrangement, bool streaming, bool stateful)
    {
        Turnstile counting = new(int.MaxValue);
        string[] expected = await TalkAsync(counting, null);
        Assert.InRange(counting.Passed, 6, 200);
        for (int at = 1; at <= counting.Passed; at++)
        {
            string[] afterwards = await TalkAsync(new Turnstile(at), at);
            Assert.Equal(expected, afterwards);
        }

        // Two requests, the first cancelled at the n-th await; what the second sends is compared.
        async Task<string[]> TalkAsync(Turnstile turnstile, int? at)
        {
            var model = new Model(turnstile, stateful);
            var ledger = new InMemoryHeadroomLedger();
            var tool = AIFunctionFactory.Create(async (CancellationToken token) =>
            {
                await turnstile.PassAsync(token);
                return Rows;
            }, "rows");
            IChatClient client = Build(model, arrangement, Compressor(new Store(turnstile)), headroom: h => h.Ledger = ledger);
            if (at is not null) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(turnstile.Token));
            else await AskAsync(turnstile.Token);
            turnstile.Open();
            model.Sent.Clear();
            await AskAsync(CancellationToken.None);
            Assert.Equal(0, model.OpenStreams);
            return [.. model.Sent];

            async Task AskAsync(CancellationToken token)
            {
                List<ChatMessage> history = [User(), new(ChatRole.Assistant, [CallRows("c0")]), new(ChatRole.Tool, [new FunctionResultContent("c0", NumberedLinesCompressor.Text(170, "of before"))])];
                var options = new ChatOptions { Tools = [tool] };
                for (int round = 0; round < 2; round++)
                {
                    ChatResponse response = await client.AskAsync(history, options, streaming, token);
                    if (arrangement != Arrangement.Alone || response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().All(c => c.InformationalOnly)) break;
                    options.ConversationId = response.ConversationId;
                    if (response.ConversationId is not null) history.Clear();
                    else history.AddRange(response.Messages);
                    history.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", Rows)]));
                }
            }
        }
    }

    /// <summary>Counts awaits, and cancels at the n-th.</summary>
    private sealed class Turnstile(int at)
    {
        private readonly CancellationTokenSource _source = new();
        private bool _open;

        public int Passed { get; private set; }

        public CancellationToken Token => _source.Token;

        public void Open() => _open = true;

        public async Task PassAsync(CancellationToken token)
        {
            if (!_open && ++Passed == at) await _source.CancelAsync();
            await Task.Yield();
            token.ThrowIfCancellationRequested();
        }
    }

    private sealed class Store(Turnstile turnstile) : IOriginalStore
    {
        private readonly InMemoryOriginalStore _inner = new();

        public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
        {
            await turnstile.PassAsync(cancellationToken);
            return await _inner.PutAsync(key, original, cancellationToken);
        }

        public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
        {
            await turnstile.PassAsync(cancellationToken);
            return await _inner.GetAsync(key, cancellationToken);
        }
    }

    /// <summary>A model that calls the rows, then retrieves what was cut of them, then is done; however often it is asked.</summary>
    private sealed class Model(Turnstile turnstile, bool stateful) : IChatClient
    {
        public List<string> Sent { get; } = [];

        public int OpenStreams { get; private set; }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await turnstile.PassAsync(cancellationToken);
            ChatResponse response = Answer(new SentRequest([.. messages], options));
            await turnstile.PassAsync(cancellationToken);
            return response;
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            OpenStreams++;
            try
            {
                await turnstile.PassAsync(cancellationToken);
                ChatResponse response = Answer(new SentRequest([.. messages], options));
                foreach (AIContent content in response.Messages[0].Contents)
                {
                    yield return new ChatResponseUpdate(ChatRole.Assistant, [content]) { MessageId = "m", ConversationId = response.ConversationId };
                    await turnstile.PassAsync(cancellationToken);
                }
            }
            finally
            {
                OpenStreams--;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private ChatResponse Answer(SentRequest request)
        {
            Sent.AddRange(request.Wire);
            string last = request.Results.Count > 0 ? request.Results[^1] : "";
            AIContent[] contents = last == Rows ? [new TextContent("done")]
                : MarkerGrammar.FindIds(last).Contains(OriginalId.Compute(Rows)) ? [new TextContent("I look."), Retrieve("r1", OriginalId.Compute(Rows))]
                : request.Messages.Any(m => m.Contents.Any(c => c is FunctionResultContent { CallId: "c1" })) ? [new TextContent("done without")]
                : [CallRows("c1")];
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = "m" }) { ConversationId = stateful ? "conv" : null };
        }
    }

    /// <summary>Answers with what it was sent, a line a message.</summary>
    private sealed class Echo : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Of(messages))));

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, Of(messages));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private static string Of(IEnumerable<ChatMessage> messages) => string.Join('\n', messages.Select(m => SentRequest.WireOf(m).ReplaceLineEndings("\\n")));
    }
}
