using System.Text;
using System.Text.Json;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>The laws over conversations nobody thought of, with the compressors that ship.</summary>
public sealed class RandomConversationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Prefixes_are_stable_pairs_stay_and_the_history_is_not_changed(int seed)
    {
        var random = new Random(seed);
        List<ChatMessage> history = Conversation(random, turns: 12);
        string before = Snapshot(history);
        var model = new ScriptedChatClient();
        ConversationCompressor compressor = new(new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 200 }, store: new InMemoryOriginalStore());
        IReadOnlyList<string>? sent = null;
        for (int k = 1; k <= history.Count; k++)
        {
            model.Says("ok");
            // A client of its own each time, as on other machines: nothing but the conversation may matter.
            await new HeadroomChatClient(model, k % 2 == 0 ? compressor : new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 200 }))
                .GetResponseAsync(history.Take(k), Options());
            if (sent is not null) Assert.Equal(sent, model.Last.Wire.Take(sent.Count));
            sent = model.Last.Wire;
        }

        Assert.Equal(before, Snapshot(history));
        Assert.Equal(Shape(history), Shape(model.Last.Messages));
        Assert.True(sent!.Sum(w => w.Length) < history.Sum(m => SentRequest.WireOf(m).Length));
    }

    [Fact]
    public async Task One_client_serves_many_conversations_at_once()
    {
        var client = new HeadroomChatClient(new Echo(), Compressor());
        string[] alone = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => AskAsync(new HeadroomChatClient(new Echo(), Compressor()), i)));

        string[] together = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => AskAsync(client, i))));

        Assert.Equal(alone, together);

        static async Task<string> AskAsync(HeadroomChatClient client, int seed) =>
            (await client.GetResponseAsync(Conversation(new Random(seed), turns: 4), Options())).Text;
    }

    private static List<ChatMessage> Conversation(Random random, int turns)
    {
        List<ChatMessage> history = [new(ChatRole.System, "You are an agent.\n" + Lines(random, 5))];
        for (int turn = 0; turn < turns; turn++)
        {
            history.Add(new ChatMessage(ChatRole.User, [new TextContent($"Question {turn}"), .. random.Next(3) == 0 ? [new TextContent(Lines(random, 40)).AsCompressible()] : Array.Empty<AIContent>()]));
            int calls = random.Next(1, 4);
            history.Add(new ChatMessage(ChatRole.Assistant, [.. Enumerable.Range(0, calls).Select(c => ScriptedChatClient.Call($"{turn}-{c}", "rows", ("page", c)))]));
            history.Add(new ChatMessage(ChatRole.Tool, [.. Enumerable.Range(0, calls).Select(c => new FunctionResultContent($"{turn}-{c}", Result(random)))]));
            if (random.Next(2) == 0) history.Add(new ChatMessage(ChatRole.Assistant, "I see."));
        }

        return history;
    }

    private static object? Result(Random random) => random.Next(9) switch
    {
        0 => Lines(random, random.Next(1, 300)),
        1 => JsonSerializer.SerializeToElement(Lines(random, random.Next(1, 100))),
        2 => JsonSerializer.SerializeToElement(Rows(random)),
        3 => JsonSerializer.Serialize(Rows(random)),
        4 => Rows(random),
        5 => new AIContent[] { new TextContent(Lines(random, 60)), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new TextContent(Lines(random, 3)) },
        6 => JsonSerializer.SerializeToElement(new { content = new[] { new { type = "text", text = Lines(random, 80) } }, isError = random.Next(2) == 0 }),
        7 => "[headroom 0123456789: 20 lines, 3 shown]\nlooks like ours\n\ud83d broken",
        _ => null,
    };

    private static Row[] Rows(Random random) => Enumerable.Range(0, random.Next(1, 120))
        .Select(i => new Row(i, $"name {random.Next(5)}", i % 2 == 0 ? "open" : "closed", $"https://example.com/items/{i}")).ToArray();

    private sealed record Row(int Id, string Name, string State, string Url);

    private static string Lines(Random random, int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
            text.Append(random.Next(4) == 0 ? "2026-03-04T09:00:0" + i % 10 + "Z ERROR db Pool exhausted " : "2026-03-04T09:00:01Z INFO api GET /health 200 in ").Append(random.Next(20)).Append(" ms\n");
        return text.ToString();
    }

    private static string[] Shape(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(m => m.Role + " " + string.Join(',', m.Contents.Select(c => c.GetType().Name + (c is ToolResultContent result ? result.CallId : ""))))];

    private static string Snapshot(List<ChatMessage> messages) => string.Join('\n', messages.Select(SentRequest.WireOf));

    /// <summary>Answers with what it was sent.</summary>
    private sealed class Echo : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Join('\n', messages.Select(SentRequest.WireOf)))));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
