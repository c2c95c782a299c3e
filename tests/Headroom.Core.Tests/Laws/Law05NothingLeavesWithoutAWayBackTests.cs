using Headroom.Storage;

namespace Headroom.Laws;

public sealed class Law05NothingLeavesWithoutAWayBackTests
{
    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public async Task Without_the_retrieval_tool_nothing_is_cut(string file, CompressionMode mode)
    {
        ItemOutcome outcome = await LawRun.Create(LawRun.Routed, mode, new DictionaryOriginalStore())
            .CompressAsync(LawRun.ItemOf(CorpusFile.Find(file)), new ConversationContext { CanRetrieve = false });
        Assert.NotEqual(ItemForm.Elided, outcome.Form);
    }

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public async Task Every_cut_original_is_in_the_store_byte_for_byte(string file, CompressionMode mode)
    {
        var store = new DictionaryOriginalStore();
        var context = new ConversationContext { CanRetrieve = true, Scope = "tenant" };
        CorpusFile corpusFile = CorpusFile.Find(file);
        ItemOutcome outcome = await LawRun.Create(LawRun.Routed, mode, store).CompressAsync(LawRun.ItemOf(corpusFile), context);
        if (outcome.Form != ItemForm.Elided) return;
        OriginalLookup found = await store.GetAsync(new OriginalKey("tenant", outcome.OriginalId!));
        Assert.Equal(corpusFile.Text, found.Text);
    }

    [Fact]
    public async Task A_store_that_does_not_read_back_leaves_every_item_whole_and_says_so()
    {
        var context = new ConversationContext { CanRetrieve = true };
        bool wouldCut = false;
        foreach (CorpusFile file in CorpusFile.All)
        {
            ItemOutcome kept = await LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, new ForgetfulStore()).CompressAsync(LawRun.ItemOf(file), context);
            Assert.NotEqual(ItemForm.Elided, kept.Form);
            wouldCut |= kept.Elision == ElisionDecision.StoreUnavailable;
        }

        Assert.True(wouldCut, "no corpus file is large enough to be cut: the test proves nothing");
    }

    [Fact]
    public async Task A_choice_once_made_stays_made_when_the_store_recovers()
    {
        var store = new RecoveringStore();
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store);
        var context = new ConversationContext { CanRetrieve = true };
        ContextItem item = LawRun.ItemOf(CorpusFile.Find("logs/shop-service.log"));
        ItemOutcome first = await compressor.CompressAsync(item, context);
        store.Works = true;
        ItemOutcome second = await compressor.CompressAsync(item, context);
        Assert.Equal(ElisionDecision.StoreUnavailable, first.Elision);
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task It_stays_made_when_the_conversation_had_been_forgotten_meanwhile()
    {
        var store = new RecoveringStore();
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store);
        var context = new ConversationContext { CanRetrieve = true };
        ContextItem item = LawRun.ItemOf(CorpusFile.Find("logs/shop-service.log"));
        ItemOutcome first = await compressor.CompressAsync(item, context);
        store.Works = true;
        string large = new('x', 12_000_000);
        for (int i = 0; i < 7; i++) await compressor.CompressAsync(new ContextItem { Text = large + i, IsPinned = true }, context); // more than is remembered
        ItemOutcome second = await compressor.CompressAsync(item, context);
        Assert.NotSame(first, second);
        Assert.Equal((first.Text, first.Elision), (second.Text, second.Elision));

        ItemOutcome elsewhere = await compressor.CompressAsync(item with { Question = "another conversation" }, context);
        Assert.Equal(ItemForm.Elided, elsewhere.Form);
    }

    [Theory]
    [InlineData(StoreFailure.Garbage)]
    [InlineData(StoreFailure.Lose)]
    [InlineData(StoreFailure.Throw)]
    [InlineData(StoreFailure.Hang)]
    public async Task A_store_is_not_taken_at_its_word(StoreFailure failure)
    {
        using var store = new FailingOriginalStore(failure);
        ConversationCompressor compressor = new(
            new HeadroomOptions { Mode = CompressionMode.Aggressive, StoreTimeout = TimeSpan.FromMilliseconds(100) }, store: store);
        ItemOutcome outcome = await compressor.CompressAsync(LawRun.ItemOf(CorpusFile.Find("logs/shop-service.log")), new ConversationContext { CanRetrieve = true });
        Assert.Equal(ElisionDecision.StoreUnavailable, outcome.Elision);
    }

    [Fact]
    public async Task What_a_conversation_refers_to_is_kept_and_put_again_when_it_was_lost()
    {
        var store = new InMemoryOriginalStore(maxBytes: 2_000_000);
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store);
        var context = new ConversationContext { CanRetrieve = true, Scope = "tenant" };
        ContextItem[] items = [LawRun.ItemOf(CorpusFile.Find("logs/shop-service.log"))];
        ItemOutcome outcome = Assert.Single(await compressor.CompressAsync(items, context));
        await compressor.Keeping;
        var key = new OriginalKey("tenant", outcome.OriginalId!);
        string flood = new('x', 990_000);
        Assert.True(await store.PutAsync(new OriginalKey("", OriginalId.Compute(flood)), flood));
        Assert.Equal(OriginalStatus.Evicted, (await store.GetAsync(key)).Status);

        await compressor.CompressAsync(items, context);
        await compressor.Keeping;

        Assert.Equal(items[0].Text, (await store.GetAsync(key)).Text);
    }

    private sealed class ForgetfulStore : IOriginalStore
    {
        public ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default) => new(false);

        public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default) => new(OriginalLookup.Unknown);
    }

    private sealed class RecoveringStore : IOriginalStore
    {
        private readonly DictionaryOriginalStore _inner = new();

        public bool Works { get; set; }

        public ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default) =>
            Works ? _inner.PutAsync(key, original, cancellationToken) : throw new IOException("disk full");

        public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default) => _inner.GetAsync(key, cancellationToken);
    }
}
