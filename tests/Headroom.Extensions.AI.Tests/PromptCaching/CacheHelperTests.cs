using Anthropic.Models.Messages;
using Headroom.PromptCaching;
using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>What helps a prompt cache: off unless asked for, on copies, and never in the caller's way.</summary>
public sealed class CacheHelperTests
{
    private const string Key = "anthropic:cache_control";

    private static ConversationCompressor Helping(
        CacheBreakpointMode breakpoints = CacheBreakpointMode.Off, bool order = false, bool shadow = false, double heldOut = 0) => new(
        new HeadroomOptions
        {
            Mode = CompressionMode.Aggressive,
            AggressiveThresholdTokens = 100,
            Shadow = shadow,
            HoldOutShare = heldOut,
            PromptCache = { Breakpoints = breakpoints, StableToolOrder = order },
        },
        store: new InMemoryOriginalStore(),
        compressors: [new NumberedLinesCompressor()]);

    /// <summary>Where breakpoints of the official form stand in a request: message and content.</summary>
    private static string[] Marked(SentRequest request) =>
    [
        .. request.Messages.SelectMany((m, i) => m.Contents.Select((c, j) => (Content: c, Place: $"{i}.{j}")))
            .Where(p => p.Content.AdditionalProperties?.ContainsKey(Key) == true).Select(p => p.Place),
    ];

    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task Breakpoints_follow_the_requests_and_the_caller_sees_none(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient().Calls(CallRows("c1"), CallRows("c2")).Retrieves("c3").Calls(CallRows("c4")).Says("done");
        List<ChatMessage> history = [new(ChatRole.System, "Be brief."), User()];
        ChatMessage[] handedIn = [.. history];

        await Build(model, arrangement, Helping(CacheBreakpointMode.Always)).ConverseAsync(history, Options(), streaming);

        Assert.Equal(handedIn, history.Take(2), ReferenceEqualityComparer.Instance);
        Assert.All(history.SelectMany(m => m.Contents), c => Assert.False(c.AdditionalProperties?.ContainsKey(Key) == true));
        Assert.Equal(["0.0", "1.0"], Marked(model.Requests[0]));
        if (arrangement == Arrangement.Outside)
        {
            // Inside the loop nobody moves them: what stood there stays, and is found again.
            Assert.All(model.Requests, r => Assert.Equal(["0.0", "1.0"], Marked(r)[..2]));
            return;
        }

        Assert.Equal(["0.0", "1.0", "3.1"], Marked(model.Requests[1])); // system, where the request before ended, where this one does
        Assert.Equal(["0.0", "1.0", "3.1", "5.0"], Marked(model.Requests[2])); // a round of retrieval moves on too
        Assert.Equal(["0.0", "3.1", "5.0", "7.0"], Marked(model.Requests[3]));
        Assert.All(model.Requests, r => Assert.All(r.Messages.SelectMany(m => m.Contents).Where(c => c.AdditionalProperties?.ContainsKey(Key) == true), c => Assert.IsType<CacheControlEphemeral>(c.AdditionalProperties![Key])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_every_helper_off_the_same_instances_are_sent_as_without(bool streaming)
    {
        ScriptedChatClient model = new ScriptedChatClient().Says("done");
        List<ChatMessage> history = [new(ChatRole.System, "Be brief."), User()];
        ChatOptions options = new() { ModelId = "m" };

        await Build(model, Arrangement.Inside, Helping()).AskAsync(history, options, streaming);

        Assert.Equal(history, model.Last.Messages, ReferenceEqualityComparer.Instance);
        Assert.Same(options, model.Last.Options);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Shadow_and_held_out_conversations_are_sent_as_they_were_handed_in(bool shadow, double heldOut)
    {
        ScriptedChatClient model = new ScriptedChatClient().Says("done");
        List<ChatMessage> history = [new(ChatRole.System, "Be brief."), User()];
        ChatOptions options = Options(RowsTool(name: "b"), RowsTool(name: "a"));

        await Build(model, Arrangement.Inside, Helping(CacheBreakpointMode.Always, order: true, shadow, heldOut), headroom: h => h.WritePromptCacheKey = (o, k) => o.ModelId = k)
            .GetResponseAsync(history, options);

        Assert.Equal(history, model.Last.Messages, ReferenceEqualityComparer.Instance);
        Assert.Same(options, model.Last.Options);
    }

    [Fact]
    public async Task Only_anthropic_gets_breakpoints_unless_told_otherwise()
    {
        async Task<string[]> SentTo(string provider, CacheBreakpointMode mode, ChatOptions? options = null)
        {
            var model = new ScriptedChatClient().Says("done");
            await Build(new Provider(model, provider), Arrangement.Inside, Helping(mode)).GetResponseAsync([User()], options);
            return Marked(model.Last);
        }

        Assert.Empty(await SentTo("openai", CacheBreakpointMode.WhenAnthropic));
        Assert.Equal(["0.0"], await SentTo("anthropic", CacheBreakpointMode.WhenAnthropic));
        Assert.Equal(["0.0"], await SentTo("openai", CacheBreakpointMode.Always));
        // A raw request may switch on the provider's own breakpoints, which nobody else sees.
        Assert.Empty(await SentTo("anthropic", CacheBreakpointMode.WhenAnthropic, new ChatOptions { RawRepresentationFactory = _ => null }));
        Assert.Empty(await SentTo("anthropic", CacheBreakpointMode.Always, new ChatOptions { ConversationId = "kept by a service" }));
    }

    [Fact]
    public async Task A_caller_with_breakpoints_of_its_own_keeps_them_and_gets_no_others_among_the_messages()
    {
        TextContent Mark(string text, string key) => new(text) { AdditionalProperties = new() { [key] = new object() } };
        async Task<string[]> Sent(ChatMessage system, ChatMessage user, ChatOptions? options = null)
        {
            var model = new ScriptedChatClient().Says("done");
            List<ChatMessage> history = [system, user, new(ChatRole.Assistant, "Hello."), User("Go on.")];
            await Build(model, Arrangement.Inside, Helping(CacheBreakpointMode.Always)).GetResponseAsync(history, options);
            return Marked(model.Last);
        }

        ChatMessage plain = new(ChatRole.System, "Be brief.");
        foreach (string key in (string[])[Key, "cache_control", "CacheControl"])
        {
            string[] withSystem = await Sent(new(ChatRole.System, [Mark("Be brief.", key)]), User()), withUser = await Sent(plain, new(ChatRole.User, [Mark("Look.", key)]));
            Assert.Equal(key == Key ? "0.0 1.0 3.0" : "1.0 3.0", string.Join(' ', withSystem));
            Assert.Equal(key == Key ? "1.0" : "", string.Join(' ', withUser));
        }

        Assert.Empty(await Sent(plain, new ChatMessage(ChatRole.User, "Look.") { AdditionalProperties = new() { ["CachePoint"] = new object() } }));
        Assert.Empty(await Sent(plain, User(), new ChatOptions { AdditionalProperties = new() { ["cache_control"] = new object() } }));
        Assert.Empty(await Sent(plain, new ChatMessage(ChatRole.User, [new TextContent("Look.") { RawRepresentation = new ContentBlockParam(new TextBlockParam { Text = "Look." }) }])));
        AIFunction marked = AIFunctionFactory.Create(() => "", new AIFunctionFactoryOptions { Name = "marked", AdditionalProperties = new Dictionary<string, object?> { ["CacheControl"] = new object() } });
        Assert.Equal(["1.0", "3.0"], await Sent(plain, User(), new ChatOptions { Tools = [marked] }));
    }

    [Fact]
    public async Task Another_adapter_gets_its_own_form()
    {
        var model = new ScriptedChatClient().Says("done");
        ChatMessage[] history = [new(ChatRole.System, "Be brief."), new(ChatRole.User, [new TextContent("Look."), new UriContent("https://example.com/a.png", "image/png")])];

        await Build(model, Arrangement.Inside, Helping(CacheBreakpointMode.Always), headroom: h => h.MarkCacheBreakpoint = (message, _) => (message.AdditionalProperties ??= [])["CachePoint"] = "5m")
            .GetResponseAsync(history);

        Assert.All(model.Last.Messages, m => Assert.Equal("5m", m.AdditionalProperties!["CachePoint"]));
        Assert.All(history, m => Assert.Null(m.AdditionalProperties));
        Assert.Equal(new Uri("https://example.com/a.png"), Assert.IsType<UriContent>(model.Last.Messages[1].Contents[1]).Uri);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_helper_that_fails_fails_no_request(bool streaming)
    {
        var model = new ScriptedChatClient().Says("done");
        using var logs = new LogList();
        using var client = new HeadroomChatClient(model, Helping(CacheBreakpointMode.Always, order: true), logs)
        {
            MarkCacheBreakpoint = (_, _) => throw new InvalidOperationException("on purpose"),
            WritePromptCacheKey = (_, _) => throw new InvalidOperationException("on purpose"),
        };
        List<ChatMessage> history = [User()];

        ChatResponse response = await client.AskAsync(history, Options(), streaming);

        Assert.Equal("done", response.Text);
        Assert.Same(history[0], model.Last.Messages[0]);
        Assert.Equal(2, logs.Warnings.Count(w => w.StartsWith("What should help the prompt cache failed", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task Tools_stand_in_the_order_of_their_names_ours_last(Arrangement arrangement, bool streaming)
    {
        var model = new ScriptedChatClient().Calls(ScriptedChatClient.Call("c1", "b")).Says("done");
        AITool[] tools = [RowsTool(name: "zoo"), RowsTool(name: "b"), RowsTool(name: "Zebra")];
        ChatOptions options = Options(tools);

        await Build(model, arrangement, Helping(order: true)).ConverseAsync([User()], options, streaming);

        Assert.All(model.Requests, r => Assert.Equal(["Zebra", "b", "zoo", RetrievalTool.Name], r.Tools)); // ordinal: the same on every machine
        Assert.Equal(tools, options.Tools);
    }

    [Fact]
    public void Tools_in_order_stay_the_same_list()
    {
        AITool a = RowsTool(name: "a"), b = RowsTool(name: "b"), again = RowsTool(name: "a");

        Assert.Null(ToolOrder.Sorted([a, b]));
        Assert.Null(ToolOrder.Sorted([a, again, b]));
        Assert.Equal([again, a, b], ToolOrder.Sorted([b, again, a])!, ReferenceEqualityComparer.Instance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_key_is_the_same_for_all_requests_of_a_conversation_and_tells_nothing(bool streaming)
    {
        List<string> keys = [];
        void Write(ChatOptions options, string key) => keys.Add(key);
        for (int run = 0; run < 2; run++)
        {
            var model = new ScriptedChatClient().Calls(CallRows()).Says("done").Says("again");
            IChatClient client = Build(model, Arrangement.Inside, Helping(), headroom: h => h.WritePromptCacheKey = Write);
            List<ChatMessage> history = [User("ann@example.com")];
            await client.ConverseAsync(history, Options(), streaming);
            await client.AskAsync([User("bob@example.com")], null, streaming);
        }

        Assert.Equal([keys[0], keys[0], keys[2], keys[0], keys[0], keys[2]], keys);
        Assert.NotEqual(keys[0], keys[2]);
        Assert.All(keys, k => Assert.Matches("^[0-9a-z]{26}$", k));
    }

    [Fact]
    public async Task The_name_an_application_gives_makes_the_key_and_a_raw_request_keeps_its_own()
    {
        List<(ChatOptions Options, string Key)> written = [];
        var model = new ScriptedChatClient().Says("a").Says("b").Says("c");
        using var client = new HeadroomChatClient(model, Helping()) { ConversationSelector = _ => "ann", WritePromptCacheKey = (o, k) => written.Add((o, k)) };
        ChatOptions options = new(), raw = new() { RawRepresentationFactory = _ => null };

        await client.GetResponseAsync([new(ChatRole.System, "It is 10:33."), User("one")], options);
        await client.GetResponseAsync([new(ChatRole.System, "It is 10:34."), User("two")], options);
        await client.GetResponseAsync([User("three")], raw);

        Assert.Equal([CacheKey.Of("ann"), CacheKey.Of("ann")], written.Select(w => w.Key));
        Assert.All(written, w => Assert.NotSame(options, w.Options));
        Assert.Same(raw, model.Last.Options);
    }

    /// <summary>A client that says who the provider is.</summary>
    private sealed class Provider(IChatClient inner, string name) : DelegatingChatClient(inner)
    {
        public override object? GetService(System.Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(name) : base.GetService(serviceType, serviceKey);
    }
}
