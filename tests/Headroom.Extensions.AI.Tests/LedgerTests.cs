using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headroom.Economics;
using Headroom.Retrieval;
using Headroom.Tokens;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class LedgerTests
{
    private const string Model = "claude-sonnet-5";

    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static List<ChatMessage> History(string? text = null) =>
        [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", text ?? Rows)])];

    private static ChatOptions WithModel(string? instructions = null) => new() { Tools = [RowsTool()], ModelId = Model, Instructions = instructions };

    private static long Count(string text) => O200kTokenCounter.Instance.Count(text);

    /// <summary>Text tokens of a request, counted by hand.</summary>
    private static long TokensOf(SentRequest request)
    {
        long tools = (request.Options?.Tools ?? []).OfType<AIFunctionDeclaration>().Sum(t => Count($"{t.Name}\n{t.Description}\n{JsonSerializer.Serialize(t.JsonSchema, s_compact)}"));
        return tools + Count(request.Options?.Instructions ?? "") + request.Messages.SelectMany(m => m.Contents).Sum(c => c switch
        {
            TextContent text => Count(text.Text),
            FunctionCallContent call => Count(call.Name + (call.Arguments is { Count: > 0 } a ? JsonSerializer.Serialize(a, s_compact) : "")),
            FunctionResultContent result => Count(result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions)),
            _ => 0,
        });
    }

    private static ScriptedChatClient Script() => new ScriptedChatClient().Calls(CallRows()).Calls(CallRows("c2")).Says("done");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_sent_and_what_would_have_been_is_counted_to_the_token(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        ScriptedChatClient with = Script(), without = Script();
        await Build(with, Arrangement.Inside, headroom: h => h.Ledger = ledger).AskAsync([User()], WithModel("Be brief."), streaming);
        await without.AsBuilder().UseFunctionInvocation().Build().AskAsync([User()], WithModel("Be brief."), streaming);

        LedgerFigures figures = ledger.Snapshot().Compressed;
        Assert.Equal(3, figures.Requests);
        Assert.Equal(1, figures.Conversations);
        Assert.Equal(with.Requests.Sum(TokensOf), figures.WholeWire.Sent);
        Assert.Equal(without.Requests.Sum(TokensOf), figures.WholeWire.Before);
        Assert.Equal(figures.WholeWire.Before - figures.WholeWire.After - figures.WholeWire.Overhead.Total, figures.WholeWire.Net);
        Assert.Equal(3 * Count($"{RetrievalTool.Name}\n{RetrievalTool.Description}\n{RetrievalTool.ParametersSchema}"), figures.WholeWire.Overhead.ToolDeclaration);
        Assert.Equal(TokensOf(without.Last), figures.NewInput.Before); // each token once
        Assert.Equal(TokensOf(with.Last), figures.NewInput.Sent);
        Assert.InRange(figures.TouchedItems.Overhead.Markers, 1, 200);
        Assert.InRange(figures.TouchedItems.Net, 1, figures.TouchedItems.Before);
        Assert.Equal(new ReportedUsage(300, 0, 0, 30), figures.Reported);
        Assert.Equal(0, figures.RetrievalOutput);
        Assert.Equal(3, figures.Money!.Requests);
        Assert.Equal("o200k_base", Assert.Single(ledger.Snapshot().Counters));
    }

    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task In_every_arrangement_requests_are_counted_also_when_room_is_made(Arrangement arrangement, bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        ScriptedChatClient model = new(), without = new();
        IChatClient client = Build(model, arrangement, SmallWindow(), headroom: h => h.Ledger = ledger);
        IChatClient plain = without.AsBuilder().UseFunctionInvocation().Build();
        ChatOptions options = Options(PageTool()), plainOptions = Options(PageTool());
        List<ChatMessage> history = [], plainHistory = [];
        List<SentRequest> seen = [];
        for (int turn = 0; turn < 16; turn++)
        {
            history.Add(User($"Question {turn}"));
            plainHistory.Add(User($"Question {turn}"));
            int first = model.Requests.Count;
            await client.ConverseAsync(history, options, streaming, () => model.Calls(CallRows($"c{turn}")).Says($"answer {turn}"));
            await plain.ConverseAsync(plainHistory, plainOptions, streaming, () => without.Calls(CallRows($"c{turn}")).Says($"answer {turn}"));
            seen.AddRange(arrangement == Arrangement.Outside ? [model.Requests[first]] : model.Requests.Skip(first));
        }

        LedgerFigures figures = ledger.Snapshot().Compressed;
        Assert.Equal((seen.Count, 1), (figures.Requests, figures.Conversations));
        Assert.Equal(seen.Sum(TokensOf), figures.WholeWire.Sent);
        Assert.Equal(arrangement == Arrangement.Outside ? 16 : 0, figures.PartialRequests);
        Assert.Equal(0, figures.RetrievalRounds);
        if (arrangement == Arrangement.Outside) return; // what the functions returned passes as a text, not as the JSON it was
        Assert.Equal(without.Requests.Sum(TokensOf), figures.WholeWire.Before);
        Assert.Equal(TokensOf(without.Last), figures.NewInput.Before);
        Assert.InRange(figures.NewInput.Sent, TokensOf(model.Last) + 1, figures.WholeWire.Sent - 1); // what a step made new counts again
        Assert.InRange(figures.WholeWire.Overhead.Markers, 1, figures.WholeWire.Sent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rounds_of_retrieval_are_charged_against_us(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient().Retrieves("c2").Says("done").Says("more");
        IChatClient client = Build(model, Arrangement.Inside, headroom: h => h.Ledger = ledger);
        List<ChatMessage> history = History();
        await client.ConverseAsync(history, WithModel(), streaming);

        LedgerFigures figures = ledger.Snapshot().Compressed;
        Assert.Equal((2, 1), (figures.Requests, figures.RetrievalRounds));
        Assert.Equal(TokensOf(model.Requests[1]), figures.WholeWire.Overhead.Retrieval);
        Assert.Equal(10, figures.RetrievalOutput);
        Assert.Equal(new ReportedUsage(100, 0, 0, 10), figures.ReportedRetrieval);
        Assert.Equal(model.Requests.Sum(TokensOf), figures.WholeWire.Sent);

        await client.AskAsync([.. history, User("And now?")], WithModel(), streaming);

        LedgerFigures later = ledger.Snapshot().Compressed;
        Assert.Equal(model.Requests.Sum(TokensOf), later.WholeWire.Sent);
        long pair = TokensOf(new SentRequest([.. model.Last.Messages.Where(m => m.Contents.Any(c => c is FunctionCallContent { CallId: "c2" } or FunctionResultContent { CallId: "c2" }))], null));
        Assert.Equal(pair, later.WholeWire.Overhead.Retrieval - figures.WholeWire.Overhead.Retrieval); // the pair stays in the history
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Usage_is_taken_as_the_provider_reports_it(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient().Then(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, "done"))
        {
            Usage = new UsageDetails
            {
                InputTokenCount = 5_000,
                CachedInputTokenCount = 4_000,
                OutputTokenCount = 50,
                AdditionalCounts = new() { ["CacheCreationInputTokens"] = 900 },
            },
        });
        using Watch watch = new();

        await Build(model, Arrangement.Inside, headroom: h => h.Ledger = ledger).AskAsync(History(), WithModel(), streaming);

        LedgerFigures figures = ledger.Snapshot().Compressed;
        Assert.Equal(new ReportedUsage(5_000, 4_000, 900, 50), figures.Reported);
        Assert.Equal((4_000 * 0.2 + 900 * 2.5 + 100 * 2 + 50 * 10) / 1e6, figures.Money!.Reported, 12);
        Activity activity = Assert.Single(watch.Own, a => a.OperationName == "headroom.request");
        Assert.Equal(Model, activity.GetTagItem("gen_ai.request.model"));
        Assert.Equal(5_000L, activity.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(4_000L, activity.GetTagItem("gen_ai.usage.cache_read.input_tokens"));
        Assert.Equal(900L, activity.GetTagItem("gen_ai.usage.cache_creation.input_tokens"));
        Assert.Equal(50L, activity.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.Equal(figures.WholeWire.Net, activity.GetTagItem("headroom.tokens.saved"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Usage_without_a_ledger_still_goes_to_the_activity(bool streaming)
    {
        using Watch watch = new();

        await Build(new ScriptedChatClient().Says("done"), Arrangement.Inside).AskAsync(History(), WithModel(), streaming);

        Assert.Equal(100L, Assert.Single(watch.Own, a => a.OperationName == "headroom.request").GetTagItem("gen_ai.usage.input_tokens"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ledger_that_fails_fails_no_request(bool streaming)
    {
        var model = new ScriptedChatClient().Retrieves("c2").Says("done");

        ChatResponse response = await Build(model, Arrangement.Inside, headroom: h => h.Ledger = new FailingLedger()).AskAsync(History(), WithModel(), streaming);

        Assert.Equal("done", response.Messages[^1].Text);
        Assert.StartsWith("[headroom ", model.Requests[0].Results[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_failed_is_not_taken_down(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        IChatClient client = Build(new ScriptedChatClient(), Arrangement.Inside, headroom: h => h.Ledger = ledger);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.AskAsync(History(), WithModel(), streaming));

        Assert.Equal(0, ledger.Snapshot().Compressed.Requests);
    }

    [Fact]
    public async Task A_reader_who_stops_early_has_used_the_model_all_the_same()
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient().Then(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextContent("one"), new TextContent("two")])));
        IChatClient client = Build(model, Arrangement.Inside, headroom: h => h.Ledger = ledger);

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(History(), WithModel()))
        {
            Assert.Equal(0, ledger.Snapshot().Compressed.Requests); // nothing is held back to be counted first
            break;
        }

        Assert.Equal((1, 0), (ledger.Snapshot().Compressed.Requests, ledger.Snapshot().Compressed.ReportedRequests));
        Assert.Equal(0, model.OpenStreams);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Outside_the_loop_results_are_counted_at_birth_and_the_request_as_partial(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient().Calls(CallRows()).Says("done");

        await Build(model, Arrangement.Outside, headroom: h => h.Ledger = ledger).AskAsync([User()], WithModel(), streaming);

        LedgerFigures figures = ledger.Snapshot().Compressed;
        Assert.Equal((1, 1), (figures.Requests, figures.PartialRequests));
        Assert.Equal(Count(JsonSerializer.Serialize(Rows, AIJsonUtilities.DefaultOptions)), figures.TouchedItems.Before);
        Assert.Equal(Count(model.Last.Results[0]), figures.TouchedItems.Sent);
        Assert.Equal(200, figures.Reported.Input); // of both requests
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_service_keeps_the_history_the_conversation_stays_one(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient().CallsIn("s1", CallRows()).Says("one", "s2").Says("two", "s3");
        IChatClient client = Build(model, Arrangement.Inside, headroom: h => h.Ledger = ledger);
        ChatOptions options = WithModel();
        ChatResponse first = await client.AskAsync([User()], options, streaming);
        options.ConversationId = first.ConversationId;

        await client.AskAsync([User("Something else.")], options, streaming);

        ConversationFigures conversation = Assert.Single(ledger.Snapshot().Conversations);
        Assert.Equal((3, 2), (conversation.Figures.Requests, conversation.Figures.PartialRequests));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Conversations_are_told_apart_by_how_they_begin_or_by_their_given_name(bool streaming)
    {
        var ledger = new InMemoryHeadroomLedger();
        var model = new ScriptedChatClient();
        for (int i = 0; i < 6; i++) model.Says("done");
        IChatClient client = Build(model, Arrangement.Inside, headroom: h =>
        {
            h.Ledger = ledger;
            h.ConversationSelector = o => o?.AdditionalProperties?.TryGetValue("thread", out object? name) == true ? (string?)name : null;
        });
        ChatMessage hello = new(ChatRole.Assistant, "Hello."), system = new(ChatRole.System, "Be brief.");
        await client.AskAsync([system, User()], WithModel(), streaming);
        await client.AskAsync([system, User(), hello, User("more")], WithModel(), streaming); // the same
        await client.AskAsync([system, User("other")], WithModel(), streaming);
        await client.AskAsync([User()], WithModel("Be brief."), streaming);
        ChatOptions named = WithModel();
        named.AdditionalProperties = new() { ["thread"] = "t-1" };
        await client.AskAsync([User()], named, streaming);
        await client.AskAsync([User("other")], named, streaming);

        Assert.Equal([2, 1, 1, 2], ledger.Snapshot().Conversations.Select(c => c.Figures.Requests));
        Assert.Equal("t-1", ledger.Snapshot().Conversations[0].Conversation);
        Assert.DoesNotContain(ledger.Snapshot().Conversations, c => c.Conversation.Contains("rows", StringComparison.Ordinal)); // never content
    }

    [Fact]
    public async Task The_registered_ledger_is_used_and_one_of_your_own_wins()
    {
        var services = new ServiceCollection();
        services.AddHeadroom();
        services.Configure<HeadroomLedgerOptions>(o => o.MaxConversations = 7);
        services.AddChatClient(new ScriptedChatClient().Says("done")).UseHeadroom();
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IChatClient>().GetResponseAsync(History(), WithModel());
        Assert.Equal(1, provider.GetRequiredService<IHeadroomLedger>().Snapshot().Compressed.Requests);

        var own = new InMemoryHeadroomLedger();
        await using ServiceProvider other = Registered(s => s.AddSingleton<IHeadroomLedger>(own));
        Assert.Same(own, other.GetRequiredService<IHeadroomLedger>());
        Assert.Same(own, other.GetRequiredService<IChatClient>().GetService<HeadroomChatClient>()!.Ledger);
        Assert.Null(new ScriptedChatClient().UseHeadroom().GetService<HeadroomChatClient>()!.Ledger);
        await using ServiceProvider invalid = Registered(s => s.Configure<HeadroomLedgerOptions>(o => o.MaxConversations = 0));
        Assert.Throws<ArgumentException>(invalid.GetRequiredService<IChatClient>);

        static ServiceProvider Registered(Action<IServiceCollection> configure)
        {
            var services = new ServiceCollection();
            configure(services);
            services.AddHeadroom();
            services.AddChatClient(new ScriptedChatClient()).UseHeadroom();
            return services.BuildServiceProvider();
        }
    }

    [Fact]
    public async Task Instruments_say_what_the_ledger_says_and_hold_no_content()
    {
        ConcurrentBag<(string Name, double Value, string Tags)> measured = [];
        AsyncLocal<bool> isMine = new() { Value = true };
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Headroom" && instrument.Name.StartsWith("headroom.ledger.", StringComparison.Ordinal)) l.EnableMeasurementEvents(instrument);
        };
        void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (isMine.Value) measured.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.Start();
        var ledger = new InMemoryHeadroomLedger();

        await Build(Script(), Arrangement.Inside, headroom: h => h.Ledger = ledger).GetResponseAsync([User()], WithModel());

        LedgerFigures figures = ledger.Snapshot().Compressed;
        double Sum(string name) => measured.Where(m => m.Name == name).Sum(m => m.Value);
        Assert.Equal(figures.WholeWire.Sent, Sum("headroom.ledger.tokens.sent"));
        Assert.Equal(figures.WholeWire.Net, Sum("headroom.ledger.tokens.saved"));
        Assert.Equal(0, Sum("headroom.ledger.tokens.cached"));
        Assert.Equal(figures.Money!.NetInputTokens, Sum("headroom.ledger.cost.saved"), 6);
        Assert.All(measured, m => Assert.Equal("headroom.group=compressed", m.Tags));
    }

    private sealed class FailingLedger : IHeadroomLedger
    {
        public LedgerFigures Record(LedgerEntry entry) => throw new InvalidOperationException("on purpose");

        public LedgerSnapshot Snapshot() => throw new InvalidOperationException("on purpose");
    }

    /// <summary>Collects the activities of one test.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly ConcurrentBag<Activity> _activities = [];
        private readonly ActivityListener _listener;
        private readonly Activity _parent = new("test");

        public Watch()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Headroom",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _activities.Add,
            };
            ActivitySource.AddActivityListener(_listener);
            _parent.Start();
        }

        public IEnumerable<Activity> Own => _activities.Where(a => a.TraceId == _parent.TraceId);

        public void Dispose()
        {
            _parent.Dispose();
            _listener.Dispose();
        }
    }
}
