using System.Runtime.CompilerServices;
using System.Threading.Channels;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class StreamingTests
{
    [Fact]
    public async Task Updates_are_passed_on_as_they_come_also_after_a_retrieval()
    {
        var model = new HandFedClient();
        ChatMessage[] history = [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];
        await using IAsyncEnumerator<ChatResponseUpdate> stream =
            new HeadroomChatClient(model, Compressor()).GetStreamingResponseAsync(history, Options()).GetAsyncEnumerator();

        model.Feed("first");
        Assert.Equal("first", await NextAsync(stream)); // before the second exists
        model.Feed("second");
        Assert.Equal("second", await NextAsync(stream));
        model.Feed(Retrieve("c2", Headroom.Storage.OriginalId.Compute(Rows)));
        Assert.Equal("call c2", await NextAsync(stream));
        model.End();
        Assert.Equal("result c2", await NextAsync(stream));
        model.Feed("third");
        Assert.Equal("third", await NextAsync(stream));
        model.End();
        Assert.Null(await NextAsync(stream));
    }

    [Fact]
    public async Task A_call_of_ours_is_marked_when_it_is_seen()
    {
        var model = new HandFedClient();
        await using IAsyncEnumerator<ChatResponseUpdate> stream =
            new HeadroomChatClient(model, Compressor()).GetStreamingResponseAsync([User()], Options()).GetAsyncEnumerator();

        model.Feed(Retrieve("c2", "0000000000"));
        await NextAsync(stream);

        Assert.True(Assert.IsType<FunctionCallContent>(stream.Current.Contents[0]).InformationalOnly);
    }

    [Fact]
    public async Task A_reader_who_leaves_closes_the_stream_of_the_model()
    {
        var model = new ScriptedChatClient().Says("hello");
        await foreach (ChatResponseUpdate _ in Build(model, Arrangement.Inside).GetStreamingResponseAsync([User()], Options()))
        {
            Assert.Equal(1, model.OpenStreams);
            break;
        }

        Assert.Equal(0, model.OpenStreams);
    }

    private static async Task<string?> NextAsync(IAsyncEnumerator<ChatResponseUpdate> stream)
    {
        if (!await stream.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))) return null;
        return stream.Current.Contents[0] switch
        {
            TextContent text => text.Text,
            FunctionCallContent call => "call " + call.CallId,
            FunctionResultContent result => "result " + result.CallId,
            _ => "?",
        };
    }

    /// <summary>Streams what it is fed, when it is fed.</summary>
    private sealed class HandFedClient : IChatClient
    {
        private readonly Channel<AIContent?> _contents = Channel.CreateUnbounded<AIContent?>();

        public void Feed(string text) => Feed(new TextContent(text));

        public void Feed(AIContent content) => _contents.Writer.TryWrite(content);

        public void End() => _contents.Writer.TryWrite(null);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            while (await _contents.Reader.ReadAsync(cancellationToken) is { } content) yield return new ChatResponseUpdate(ChatRole.Assistant, [content]);
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
