using Headroom.Storage;

namespace Headroom.Retrieval;

public sealed class OriginalResolverTests
{
    private const string Original = "line one\nline two\n";

    private static readonly string Id = OriginalId.Compute(Original);

    private static RetrievalRequest Request(string? id = null) => new() { Id = id ?? Id };

    private static async Task<InMemoryOriginalStore> StoreAsync(string scope = "")
    {
        var store = new InMemoryOriginalStore();
        Assert.True(await store.PutAsync(new OriginalKey(scope, Id), Original));
        return store;
    }

    [Fact]
    public async Task The_conversation_is_asked_before_the_store()
    {
        var store = new FailingOriginalStore(StoreFailure.Throw);
        var context = new RetrievalContext { Held = new Dictionary<string, string> { [Id] = Original } };
        Assert.Equal(Original, await new OriginalResolver(store).AnswerAsync(Request(), context));
        Assert.Equal(0, store.Calls);
    }

    [Fact]
    public async Task The_store_is_asked_in_the_scope_of_the_conversation()
    {
        var resolver = new OriginalResolver(await StoreAsync("tenant"));
        Assert.Equal(Original, await resolver.AnswerAsync(Request(), new RetrievalContext { Scope = "tenant" }));
        Assert.Equal(RetrievalAnswers.Unknown(Id), await resolver.AnswerAsync(Request(), new RetrievalContext { Scope = "other" }));
    }

    [Fact]
    public async Task Only_ids_of_the_conversation_are_redeemed()
    {
        var resolver = new OriginalResolver(await StoreAsync());
        string answer = await resolver.AnswerAsync(Request(), new RetrievalContext { KnownIds = ["aaaaaaaaaa", "bbbbbbbbbb"] });
        Assert.Contains("aaaaaaaaaa, bbbbbbbbbb", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("line one", answer, StringComparison.Ordinal);
        Assert.Equal(OriginalLookup.Unknown, await resolver.ResolveAsync(Id, new RetrievalContext { KnownIds = [] }));
        Assert.Equal(Original, await resolver.AnswerAsync(Request(), new RetrievalContext { KnownIds = [Id] }));
    }

    [Theory]
    [InlineData(StoreFailure.Throw)]
    [InlineData(StoreFailure.Refuse)]
    [InlineData(StoreFailure.Garbage)]
    public async Task A_store_that_fails_gives_a_terminal_answer(StoreFailure failure)
    {
        string answer = await new OriginalResolver(new FailingOriginalStore(failure)).AnswerAsync(Request(), new RetrievalContext());
        Assert.Equal(RetrievalAnswers.Unavailable(Id), answer);
    }

    [Fact]
    public async Task Cancellation_alone_propagates()
    {
        using var source = new CancellationTokenSource();
        Task<string> answer = new OriginalResolver(new FailingOriginalStore(StoreFailure.Hang)).AnswerAsync(Request(), new RetrievalContext(), source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task An_original_dropped_to_make_room_is_told_from_one_never_stored()
    {
        var store = new InMemoryOriginalStore(1_000);
        await store.PutAsync(new OriginalKey("", Id), Original);
        await store.PutAsync(new OriginalKey("", "aaaaaaaaaa"), new string('x', 300));
        var resolver = new OriginalResolver(store);
        Assert.Equal(RetrievalAnswers.Evicted(Id), await resolver.AnswerAsync(Request(), new RetrievalContext()));
        Assert.Equal(RetrievalAnswers.Unknown("bbbbbbbbbb"), await resolver.AnswerAsync(Request("bbbbbbbbbb"), new RetrievalContext()));
        Assert.Equal(RetrievalAnswers.Unknown(Id), await new OriginalResolver().AnswerAsync(Request(), new RetrievalContext()));
    }

    [Fact]
    public async Task Arguments_that_cannot_be_used_are_answered_too()
    {
        string answer = await new OriginalResolver().AnswerAsync("{}", new RetrievalContext());
        Assert.StartsWith("headroom_retrieve: id is missing", answer, StringComparison.Ordinal);
        Assert.Equal(Original, await new OriginalResolver(await StoreAsync()).AnswerAsync($$"""{"id":"{{Id}}"}""", new RetrievalContext()));
    }

    [Fact]
    public void Every_miss_says_what_to_do_instead()
    {
        foreach (string answer in (string[])[RetrievalAnswers.Unknown(Id), RetrievalAnswers.Evicted(Id), RetrievalAnswers.Unavailable(Id), RetrievalAnswers.NotInConversation(Id, [])])
        {
            Assert.Contains(Id, answer, StringComparison.Ordinal);
            Assert.Contains("the tool that gave the result again", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_most_similar_id_is_listed_first()
    {
        string[] known = [.. Enumerable.Range(0, 20).Select(i => OriginalId.Compute($"{i}"))];
        string misread = known[13][..9] + (known[13][9] == 'x' ? 'y' : 'x');
        Assert.Contains($"Ids that do: {known[13]}, ", RetrievalAnswers.NotInConversation(misread, known), StringComparison.Ordinal);
    }
}
