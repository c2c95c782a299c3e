using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Headroom.PromptCaching;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI.PromptCaching;

public sealed class PromptWatchTests : IDisposable
{
    private const string Rules = "You are a helpful assistant. ";

    private readonly LogList _logs = new();

    public void Dispose() => _logs.Dispose();

    private static ChatMessage System(string text) => new(ChatRole.System, text);

    private static ChatMessage Result(string id, string text = "three rows") => new(ChatRole.Tool, [new FunctionResultContent(id, text)]);

    private static ChatMessage Call(string id) => new(ChatRole.Assistant, [CallRows(id)]);

    /// <summary>A conversation of so many tool calls, made of new objects.</summary>
    private static List<ChatMessage> History(string system, int calls, string user = "Count the rows.")
    {
        List<ChatMessage> history = [System(system), new(ChatRole.User, user)];
        for (int i = 1; i <= calls; i++) history.AddRange([Call($"call-{user}-{i}"), Result($"call-{user}-{i}")]);
        return history;
    }

    private HeadroomChatClient Client(Action<HeadroomChatClient>? configure = null, HeadroomOptions? options = null)
    {
        var model = new ScriptedChatClient();
        for (int i = 0; i < 100; i++) model.Says("done");
        var client = new HeadroomChatClient(model, new ConversationCompressor(options), _logs);
        configure?.Invoke(client);
        return client;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_time_in_the_system_prompt_is_named_once_and_nothing_is_changed(bool streaming)
    {
        var model = new ScriptedChatClient().Says("a").Says("b").Says("c").Says("d");
        using var client = new HeadroomChatClient(model, null, _logs);

        for (int i = 1; i <= 4; i++) await client.AskAsync(History($"{Rules}It is 2026-11-22T10:33:0{i}Z. Be brief.", i), Options(), streaming);

        string warning = Assert.Single(_logs.Warnings);
        Assert.StartsWith("The prompt cache breaks within a conversation. message 1 (system), character 53: a date and time in it changed. ", warning, StringComparison.Ordinal);
        Assert.Equal($"{Rules}It is 2026-11-22T10:33:04Z. Be brief.", model.Last.Messages[0].Text);
    }

    [Fact]
    public async Task A_conversation_with_a_name_is_known_from_its_second_request()
    {
        HeadroomChatClient client = Client(c => c.ConversationSelector = _ => "a");

        await client.GetResponseAsync([System(Rules + "You serve Ann."), User()]);
        await client.GetResponseAsync([System(Rules + "You serve Bob."), User(), new(ChatRole.Assistant, "Hello."), User("Go on.")]);

        Assert.Contains("message 1 (system), character 39: its text changed", Assert.Single(_logs.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_that_come_in_another_order_or_with_another_schema_are_named()
    {
        HeadroomChatClient client = Client();
        AITool a = RowsTool(name: "a"), b = RowsTool(name: "b"), other = AIFunctionFactory.Create((int count) => count, "b", "Lists the rows.");

        await client.GetResponseAsync(History(Rules, 1), Options(a, b));
        await client.GetResponseAsync(History(Rules, 2), Options(b, a));
        await client.GetResponseAsync(History(Rules, 3), Options(b, a));
        await client.GetResponseAsync(History(Rules, 4), Options(other, a));
        await client.GetResponseAsync(History(Rules, 5), Options(other, a, RowsTool(name: "c")));
        await client.GetResponseAsync(History(Rules, 6), Options(a, RowsTool(name: "c")));

        Assert.Equal(
            ["tool b, character 0: the tools stand in another order", "tool b, character 47: its declaration changed", "tool c, character 0: it was added", "tool b, character 0: it was removed"],
            _logs.Warnings.Select(w => w.Split(". ")[1]));
    }

    [Fact]
    public async Task Messages_that_are_cleared_dropped_or_put_in_are_named()
    {
        HeadroomChatClient client = Client();
        List<ChatMessage> history = History(Rules, 3);
        await client.GetResponseAsync(history, Options());

        List<ChatMessage> cleared = [.. history];
        cleared[3] = Result("call-Count the rows.-1", "[cleared]");
        await client.GetResponseAsync(cleared, Options());
        cleared.Insert(1, new ChatMessage(ChatRole.User, "Remember: the user likes tables."));
        await client.GetResponseAsync(cleared, Options());
        cleared.RemoveRange(5, 2); // the second call with its result
        await client.GetResponseAsync(cleared, Options());

        Assert.Equal(
            ["message 4 (result of rows), character 0: its text changed", "message 2 (user), character 0: it was put in before others", "message 6 (call of rows), character 0: it was removed"],
            _logs.Warnings.Select(w => w.Split(". ")[1]));
    }

    [Fact]
    public async Task Growing_going_back_branching_and_trying_again_break_nothing()
    {
        HeadroomChatClient client = Client();
        List<ChatMessage> history = History(Rules, 4);
        foreach (int length in (int[])[2, 4, 6, 8, 8, 10, 4, 6, 10]) await client.GetResponseAsync(history.Take(length), Options());
        await client.GetResponseAsync([.. history.Take(6), new(ChatRole.Assistant, "Three."), User("Sure?")], Options());
        await client.GetResponseAsync([.. history.Take(6), Call("another"), Result("another"), new(ChatRole.Assistant, "Four."), User("Sure?")], Options());
        await client.GetResponseAsync([.. history.Take(6), new(ChatRole.Assistant, "Three."), User("Sure?"), new(ChatRole.Assistant, "Yes."), User("Thanks.")], Options());

        Assert.Empty(_logs.Warnings);
    }

    [Fact]
    public async Task Conversations_that_begin_with_the_same_words_are_not_taken_for_one()
    {
        HeadroomChatClient client = Client();
        for (int round = 1; round <= 3; round++)
        {
            foreach (string user in (string[])["Ann", "Bob", "Cid", "Dee", "Eve", "Flo"])
            {
                List<ChatMessage> chat = [System($"{Rules}You serve {user}."), User("Hi")];
                for (int i = 1; i < round; i++) chat.AddRange([new(ChatRole.Assistant, "Hello! How can I help you today?"), User($"{user} asks {i}")]);
                await client.GetResponseAsync(chat);
            }
        }

        Assert.Empty(_logs.Warnings);
    }

    [Fact]
    public async Task A_chat_without_tools_is_known_by_all_that_was_said()
    {
        HeadroomChatClient client = Client();
        List<ChatMessage> Chat(int turns)
        {
            List<ChatMessage> chat = [System($"{Rules}It is 10:3{turns}."), User("Hi")];
            for (int i = 0; i < turns; i++) chat.AddRange([new(ChatRole.Assistant, $"Answer {i}"), User($"Question {i}")]);
            return chat;
        }

        for (int turns = 1; turns <= 3; turns++) await client.GetResponseAsync(Chat(turns));

        Assert.Contains("message 1 (system), character 39: a time of day in it changed", Assert.Single(_logs.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_that_could_share_a_beginning_and_do_not_are_named_once()
    {
        HeadroomChatClient client = Client();
        for (int i = 1; i <= 4; i++) await client.GetResponseAsync([System($"{Rules}Request id: 8f3a2c{i}. Be brief."), User($"Task {i}")]);

        Assert.StartsWith(
            "Conversations do not share what they begin with in the prompt cache. message 1 (system), character 47: ", Assert.Single(_logs.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("You serve Ann.", "You serve Bob.")]
    [InlineData("You are agent 1 of 5. Work on your own.", "You are agent 2 of 5. Work on your own.")]
    [InlineData("Today is 2026-11-22.", "Today is 2026-11-23.")]
    [InlineData("", "Be brief.")]
    public async Task Conversations_may_begin_differently(string one, string other)
    {
        HeadroomChatClient client = Client();
        for (int i = 0; i < 6; i++) await client.GetResponseAsync([System(Rules + (i % 2 == 0 ? one : other)), User($"Task {i}")]);

        Assert.Empty(_logs.Warnings);
    }

    [Fact]
    public async Task A_history_that_is_read_anew_for_every_request_is_the_same_history()
    {
        HeadroomChatClient client = Client();
        List<ChatMessage> history = History(Rules, 3);
        history.Insert(2, new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.com/a.png", "image/png")]));
        history[^1] = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call-Count the rows.-3", new { rows = 3 })]);
        string json = JsonSerializer.Serialize(history, AIJsonUtilities.DefaultOptions);
        List<ChatMessage> Read() => JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!;

        await client.GetResponseAsync(history, Options());
        await client.GetResponseAsync([.. Read(), Call("x"), Result("x")], Options());
        await client.GetResponseAsync([.. Read(), Call("x"), Result("x"), Call("y"), Result("y")], Options());

        Assert.Empty(_logs.Warnings);
    }

    [Fact]
    public async Task It_can_be_switched_off_and_is_off_where_a_service_keeps_the_history()
    {
        HeadroomChatClient off = Client(options: new HeadroomOptions { PromptCache = { WarnOfBreaks = false } }), on = Client();
        for (int i = 1; i <= 3; i++)
        {
            await off.GetResponseAsync(History($"{Rules}It is 10:3{i}.", i), Options());
            ChatOptions kept = Options();
            kept.ConversationId = "1";
            await on.GetResponseAsync(History($"{Rules}It is 10:3{i}.", i), kept);
        }

        Assert.Empty(_logs.Warnings);
    }

    [Fact]
    public async Task Breaks_are_counted_every_time_without_content()
    {
        List<string> tags = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Meter.Name: "Headroom", Name: "headroom.prompt_cache.breaks" }) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, measured, _) =>
        {
            lock (tags) tags.Add(string.Join(' ', measured.ToArray().Select(t => $"{t.Key}={t.Value}")));
        });
        listener.Start();
        using var client = new HeadroomChatClient(new ScriptedChatClient().Says("a").Says("b").Says("c").Says("d"));

        for (int i = 1; i <= 4; i++) await client.GetResponseAsync(History($"hush-hush {Guid.NewGuid()}", i, "counted"), Options());

        lock (tags)
        {
            string expected = "headroom.change=VolatileText headroom.volatile=Uuid headroom.part=System headroom.between=requests";
            Assert.InRange(tags.Count(t => t == expected), 3, int.MaxValue); // other tests may run beside
            Assert.DoesNotContain(tags, t => t.Contains("hush", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Conversations_that_are_no_conversations_are_read_all_the_same()
    {
        var watch = new PromptWatch();
        ChatMessage[] messages =
        [
            Result("no call"), Call("twice"), Call("twice"), new(ChatRole.Assistant, []), new(ChatRole.User, (string?)null), Result("twice"), Result("twice"),
            new(ChatRole.Tool, [new FunctionResultContent("x", null), new ErrorContent("failed"), new UsageContent()]), new(new ChatRole("developer"), "Be brief."),
        ];
        var random = new Random(4);
        for (int i = 0; i < 2_000; i++)
        {
            List<ChatMessage> history = [.. Enumerable.Range(0, random.Next(8)).Select(_ => messages[random.Next(messages.Length)])];
            watch.Observe("", random.Next(3) == 0 ? "named" : null, history, random.Next(2) == 0 ? null : Options(RowsTool(name: random.Next(2) == 0 ? "a" : "b")));
        }
    }

    [Fact]
    public async Task A_message_it_cannot_read_fails_nothing()
    {
        HeadroomChatClient client = Client(c => c.ConversationSelector = _ => throw new InvalidOperationException("on purpose"));

        ChatResponse response = await client.GetResponseAsync([User()]);

        Assert.Equal("done", response.Text);
        Assert.Equal("The watch over the prompt cache failed; the request is not affected.", _logs.Warnings[0]);
    }

    [Fact]
    public void Memory_is_bounded_over_many_conversations()
    {
        var watch = new PromptWatch();
        var weak = new List<WeakReference>();
        for (int i = 0; i < 300; i++) Observe(watch, weak, i);

        GC.Collect();
        Assert.InRange(weak.Count(w => w.IsAlive), 1, 200); // 300 conversations of 100,000 characters are 30 million; 16 million are held at most

        static void Observe(PromptWatch watch, List<WeakReference> weak, int i)
        {
            string text = new string('x', 100_000) + i;
            weak.Add(new WeakReference(text));
            watch.Observe("", null, [User(text), Call($"c{i}"), Result($"c{i}")], null);
        }
    }

    [Fact]
    public void What_repeats_costs_no_memory()
    {
        var watch = new PromptWatch();
        List<ChatMessage> history = History(Rules, 500);
        ChatOptions options = Options();
        for (int i = 0; i < 50; i++) watch.Observe("", null, history, options);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Assert.Null(watch.Observe("", null, history, options));

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 2_000);
    }

    [Fact]
    public async Task Many_threads_may_ask_at_once()
    {
        var watch = new PromptWatch();
        int broken = 0;

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() =>
        {
            string system = string.Create(CultureInfo.InvariantCulture, $"{Rules}It is 10:{i % 60:00}.");
            for (int calls = 1; calls <= 20; calls++)
            {
                // Every other conversation keeps its system prompt; the last two requests of the others differ.
                bool breaks = i % 2 == 0 && calls == 20;
                WatchedBreak? found = watch.Observe("", null, History(breaks ? system + " Now 11:00." : system, calls, $"user {i}"), null);
                if (breaks && found is { IsNew: true, IsBetweenConversations: false, Break.Kind: PromptPartKind.System }) Interlocked.Increment(ref broken);
                else Assert.Null(found);
            }
        })));

        Assert.Equal(50, broken);
    }
}
