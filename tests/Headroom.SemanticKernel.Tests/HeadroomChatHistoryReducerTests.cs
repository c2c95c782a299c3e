using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.SemanticKernel.Kernels;
using KernelResult = Microsoft.SemanticKernel.FunctionResultContent;

namespace Headroom.SemanticKernel;

public sealed class HeadroomChatHistoryReducerTests
{
    [Fact]
    public async Task A_history_in_which_nothing_changes_is_not_replaced()
    {
        var reducer = new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: new InMemoryOriginalStore()), canRetrieve: true);

        Assert.Null(await reducer.ReduceAsync([]));
        Assert.Null(await reducer.ReduceAsync(History()));
        Assert.False(await History().ReduceInPlaceAsync(reducer, default));
    }

    [Fact]
    public async Task A_history_reduced_in_place_keeps_every_message_and_comes_back_whole()
    {
        var store = new InMemoryOriginalStore();
        var reducer = new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: store), canRetrieve: true, scope: "one");
        ChatHistory history = WithResult(Log());
        ChatMessageContent[] before = [.. history];

        Assert.True(await history.ReduceInPlaceAsync(reducer, default));

        Assert.Equal(before.Length, history.Count);
        Assert.Same(before[0], history[0]);
        Assert.Same(before[1], history[1]);
        Assert.True(MarkerGrammar.TryParse(history[2].Content!, out ElidedText? elided));
        Assert.Equal(history[2].Content, ((KernelResult)history[2].Items[^1]).Result);
        Assert.Equal(Log(), (await store.GetAsync(Key(elided.Id, "one"))).Text);
    }

    [Fact]
    public async Task What_was_reduced_stays_as_it_is_when_more_is()
    {
        var reducer = new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: new InMemoryOriginalStore()), canRetrieve: true);
        ChatHistory history = WithResult(Log());
        await history.ReduceInPlaceAsync(reducer, default);
        string? first = history[2].Content;
        foreach (ChatMessageContent message in WithResult(Log()).Skip(1)) history.Add(message);

        await history.ReduceInPlaceAsync(reducer, default);

        Assert.Equal(first, history[2].Content);
        Assert.Contains(": 120 lines, 0 shown]", history[4].Content, StringComparison.Ordinal); // read again: it stands above
        Assert.Null(await reducer.ReduceAsync(history));
    }

    [Fact]
    public async Task A_reduced_history_that_was_written_down_is_not_reduced_again()
    {
        var store = new InMemoryOriginalStore();
        var history = WithResult(Log());
        await history.ReduceInPlaceAsync(new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: store), canRetrieve: true), default);

        ChatHistory restored = WithResult(new string(history[2].Content!.AsSpan()));

        Assert.Null(await new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: store), canRetrieve: true).ReduceAsync(restored));
    }

    [Fact]
    public async Task Without_a_way_to_retrieve_nothing_is_left_out()
    {
        var reducer = new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: new InMemoryOriginalStore()));

        IEnumerable<ChatMessageContent> reduced = await reducer.ReduceAsync(WithResult(Log())) ?? WithResult(Log());

        Assert.Equal(Log(), new ConversationCompressor().Expand(reduced.Last().Content!));
    }

    [Fact]
    public async Task A_failing_store_changes_nothing()
    {
        var reducer = new HeadroomChatHistoryReducer(new ConversationCompressor(Options(), store: new FailingOriginalStore(StoreFailure.Throw)), canRetrieve: true);

        IEnumerable<ChatMessageContent> reduced = await reducer.ReduceAsync(WithResult(Log())) ?? WithResult(Log());

        Assert.Equal(Log(), new ConversationCompressor().Expand(reduced.Last().Content!));
    }

    private static ChatHistory WithResult(string text)
    {
        ChatHistory history = History();
        history.Add(ScriptedConnector.Turn(ScriptedConnector.Call("c1")));
        var message = new ChatMessageContent(AuthorRole.Tool, text);
        message.Items.Add(new KernelResult("get", "tools", "c1", text));
        history.Add(message);
        return history;
    }
}
