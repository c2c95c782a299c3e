using System.Text.Json;
using Headroom.Economics;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>Histories that callers write to, cut short, reorder or branch between calls: what is sent is what a client that remembers nothing sends.</summary>
public sealed class EditedHistoryTests
{
    public static TheoryData<string, bool> Writes()
    {
        var data = new TheoryData<string, bool>();
        foreach (string name in s_writes.Keys)
        {
            data.Add(name, false);
            data.Add(name, true);
        }

        return data;
    }

    private static readonly Dictionary<string, Action<List<ChatMessage>>> s_writes = new()
    {
        ["nothing"] = _ => { },
        ["a result becomes another text"] = h => Result(h).Result = NumberedLinesCompressor.Text(150, "something else"),
        ["a result becomes json of the same text"] = h => Result(h).Result = JsonSerializer.SerializeToElement(Rows),
        ["a result becomes an object"] = h => Result(h).Result = new { rows = Rows },
        ["a result becomes null"] = h => Result(h).Result = null,
        ["a result becomes an image"] = h => Result(h).Result = new DataContent(new byte[] { 1 }, "image/png"),
        ["a result becomes contents"] = h => Result(h).Result = new List<AIContent> { new TextContent(Rows), new TextContent("more") },
        ["a text inside of contents changes"] = h => ((TextContent)((AIContent[])Result(h, 1).Result!)[0]).Text = NumberedLinesCompressor.Text(160, "written to"),
        ["an object inside of a result changes"] = h => ((Dictionary<string, object>)Result(h, 2).Result!)["rows"] = "fewer",
        ["a result fails"] = h => Result(h).Exception = new InvalidOperationException("on purpose"),
        ["an argument changes"] = h => Call(h).Arguments!["page"] = 2,
        ["an object in the arguments changes"] = h => ((List<string>)Call(h).Arguments!["names"]!).Add("c"),
        ["the arguments go"] = h => Call(h).Arguments = null,
        ["the question changes"] = h => ((TextContent)h[1].Contents[0]).Text = "row 77",
        ["a text is marked"] = h => ((TextContent)h[1].Contents[1]).AsCompressible(),
        ["a mark gets another question"] = h => ((TextContent)h[1].Contents[2]).AsCompressible("row 99"),
        ["a mark goes"] = h => ((TextContent)h[1].Contents[2]).AdditionalProperties = null,
        ["a breakpoint is set"] = h => Result(h).AdditionalProperties = new() { ["anthropic:cache_control"] = "here" },
        ["a breakpoint is moved"] = h => (Result(h, 1).AdditionalProperties, Result(h, 3).AdditionalProperties) = (Result(h, 3).AdditionalProperties, null),
        ["a breakpoint changes its value"] = h => Result(h, 3).AdditionalProperties!["anthropic:cache_control"] = "longer",
        ["properties of a message change"] = h => h[3].AdditionalProperties = new() { ["mine"] = 1 },
        ["a message gets an id and an author"] = h => (h[3].MessageId, h[3].AuthorName, h[3].CreatedAt) = ("m", "tool", DateTimeOffset.UnixEpoch),
        ["annotations are set"] = h => Result(h).Annotations = [new CitationAnnotation { Title = "source" }],
        ["a content is added"] = h => h[3].Contents.Add(new FunctionResultContent("c9", Rows)),
        ["a content goes"] = h => h[3].Contents.RemoveAt(0),
        ["contents are swapped"] = h => (h[3].Contents[0], h[3].Contents[1]) = (h[3].Contents[1], h[3].Contents[0]),
        ["the list of contents is another"] = h => h[3].Contents = [.. h[3].Contents],
        ["the role changes"] = h => h[1].Role = ChatRole.Assistant,
        ["a message is inserted"] = h => h.Insert(1, new ChatMessage(ChatRole.User, "before all")),
        ["a call is inserted that takes over a result"] = h => h.Insert(3, new ChatMessage(ChatRole.Assistant, [ScriptedChatClient.Call("c1", "other")])),
        ["a message goes"] = h => h.RemoveAt(2),
        ["messages are swapped"] = h => (h[2], h[3]) = (h[3], h[2]),
        ["the end is cut off"] = h => h.RemoveRange(4, h.Count - 4),
        ["the beginning is cut off"] = h => h.RemoveRange(0, 2),
        ["the system prompt changes"] = h => h[0] = new ChatMessage(ChatRole.System, "Be quick."),
        ["a null stands among the contents"] = h => h[3].Contents.Add(null!),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task What_a_caller_writes_to_its_history_is_seen(string write, bool streaming)
    {
        var model = new Recorder();
        ConversationCompressor compressor = Compressor();
        IChatClient client = new HeadroomChatClient(model, compressor) { Ledger = new InMemoryHeadroomLedger() };
        List<ChatMessage> history = Conversation();
        await client.AskAsync(history, Options(), streaming);
        await client.AskAsync(history, Options(), streaming); // what is made anew is made again by now
        string first = model.Wire;

        s_writes[write](history);
        string before = Recorder.WireOf(history);
        await client.AskAsync(history, Options(), streaming);
        string sent = model.Wire;
        Assert.Equal(before, Recorder.WireOf(history));
        await new HeadroomChatClient(model, Compressor()).AskAsync(history, Options(), streaming);

        Assert.Equal(model.Wire, sent);
        if (write is not ("nothing" or "the list of contents is another" or "a result becomes json of the same text")) Assert.NotEqual(first, sent);

        await client.AskAsync(Conversation(), Options(), streaming); // and back, in new instances
        Assert.Equal(first, model.Wire);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_goes_on_behind_us_to_what_was_sent_is_not_sent_again(bool streaming)
    {
        Action<ChatMessage>[] writes =
        [
            m => m.Contents.Add(new TextContent("added")),
            m => m.Contents[0] = new TextContent("put in its place"),
            m => ((FunctionResultContent)m.Contents[0]).Result = "written over",
            m => m.Contents[0].AdditionalProperties = new() { ["anthropic:cache_control"] = "theirs" },
            m => m.Contents[0].RawRepresentation = new object(),
            m => m.RawRepresentation = new object(),
            m => m.AdditionalProperties = new() { ["theirs"] = 1 },
            m => m.Contents = [],
            m => m.Role = ChatRole.User,
        ];
        foreach (Action<ChatMessage> write in writes)
        {
            var model = new Recorder();
            IChatClient client = new HeadroomChatClient(model, Compressor());
            List<ChatMessage> history = Conversation();
            await client.AskAsync(history, Options(), streaming);
            string sent = model.Wire;

            write(model.Messages[3]);
            await client.AskAsync(history, Options(), streaming);

            Assert.Equal(sent, model.Wire);
            Assert.Null(model.Messages[3].RawRepresentation);
            Assert.Null(model.Messages[3].Contents[0].RawRepresentation);
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Histories_edited_at_random_are_sent_and_counted_as_if_nothing_was_remembered(int seed, bool window)
    {
        var random = new Random(seed);
        var model = new Recorder();
        Entries remembered = new(), anew = new();
        HeadroomOptions options = new() { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 200, ContextWindowTokens = window ? 4_000 : null };
        IChatClient client = new HeadroomChatClient(model, new ConversationCompressor(options, store: new InMemoryOriginalStore())) { Ledger = remembered };
        List<ChatMessage> history = [.. Enumerable.Range(0, 10).Select(RandomHistory.Message)];
        List<ChatMessage> other = [.. history];
        for (int call = 0; call < 50; call++)
        {
            RandomHistory.Edit(random, history);
            if (random.Next(6) == 0) (history, other) = (other, [.. history.Take(random.Next(1, history.Count + 1))]); // a branch of the same instances
            bool streaming = random.Next(2) == 0;
            ChatOptions tools = new() { Tools = random.Next(6) == 0 ? [] : [RowsTool()], Instructions = random.Next(3) == 0 ? $"Instructions {random.Next(2)}" : null };
            string before = Recorder.WireOf(history);
            IEnumerable<ChatMessage> asked = random.Next(3) == 0 ? history.Select(RandomHistory.Copy) : history;

            // Of requests without tools a client that saw the conversation before knows more; they are sent to one that did.
            await client.AskAsync(asked, tools, streaming);
            string sent = model.Wire;
            Assert.Equal(before, Recorder.WireOf(history));
            Assert.Equal(RandomHistory.Shape(history), RandomHistory.Shape(model.Messages));
            if (tools.Tools!.Count == 0) continue;

            await new HeadroomChatClient(model, new ConversationCompressor(options, store: new InMemoryOriginalStore())) { Ledger = anew }.AskAsync(history, tools, streaming);
            Assert.Equal(model.Wire, sent);
            Assert.Equal(anew.Last!.Blocks, remembered.Last!.Blocks);
            Assert.Equal(anew.Last.Conversation, remembered.Last.Conversation);
        }
    }

    private static FunctionResultContent Result(List<ChatMessage> history, int at = 0) => (FunctionResultContent)history[3].Contents[at];

    private static FunctionCallContent Call(List<ChatMessage> history) => (FunctionCallContent)history[2].Contents[0];

    private static List<ChatMessage> Conversation() =>
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, [new TextContent("Look at the rows."), new TextContent(NumberedLinesCompressor.Text(120, "of a document")), new TextContent(NumberedLinesCompressor.Text(130, "of another")).AsCompressible("row 7")]),
        new(ChatRole.Assistant,
        [
            ScriptedChatClient.Call("c1", "rows", ("page", 1), ("names", new List<string> { "a", "b" })), ScriptedChatClient.Call("c2", "rows"),
            ScriptedChatClient.Call("c3", "rows"), ScriptedChatClient.Call("c4", "rows"),
        ]),
        new(ChatRole.Tool,
        [
            new FunctionResultContent("c1", Rows),
            new FunctionResultContent("c2", new AIContent[] { new TextContent(NumberedLinesCompressor.Text(140, "of contents")), new TextContent("short") }),
            new FunctionResultContent("c3", new Dictionary<string, object> { ["rows"] = "many" }),
            new FunctionResultContent("c4", JsonSerializer.SerializeToElement(NumberedLinesCompressor.Text(150, "of json"))) { AdditionalProperties = new() { ["anthropic:cache_control"] = "here" } },
        ]),
        new(ChatRole.Assistant, "I see."),
        new(ChatRole.User, "Go on."),
    ];

    /// <summary>Keeps the last entry.</summary>
    private sealed class Entries : IHeadroomLedger
    {
        public LedgerEntry? Last { get; private set; }

        public LedgerFigures Record(LedgerEntry entry)
        {
            Last = entry;
            return LedgerFigures.Zero;
        }

        public LedgerSnapshot Snapshot() => throw new NotSupportedException();
    }

    /// <summary>Writes down all that was sent, properties included.</summary>
    private sealed class Recorder : IChatClient
    {
        public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

        public string Wire { get; private set; } = "";

        public static string WireOf(IEnumerable<ChatMessage> messages) => string.Join('\n', messages.Select(m =>
            $"{m.Role} {m.AuthorName} {m.MessageId} {m.CreatedAt} {Of(m.AdditionalProperties)}: " + string.Join(" | ", m.Contents.Select(c =>
                $"{c?.GetType().Name} {Of(c?.AdditionalProperties)} {c?.Annotations?.Count} " + c switch
                {
                    TextContent text => text.Text,
                    FunctionCallContent call => $"{call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions)}",
                    FunctionResultContent result => $"{result.CallId} {result.Exception?.Message} {result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions)}",
                    _ => "",
                }))));

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Messages = [.. messages];
            Wire = WireOf(Messages);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "done")));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await GetResponseAsync(messages, options, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "done");
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private static string Of(AdditionalPropertiesDictionary? properties) => string.Join(',', (properties ?? []).Select(p => $"{p.Key}={p.Value}"));
    }
}
