namespace Headroom.Storage;

public sealed class InMemoryOriginalStoreTests : OriginalStoreContract
{
    private const int Kilo = 1_000; // characters of an original: 2,256 bytes with its overhead

    protected override ValueTask<IOriginalStore> CreateAsync() => new(new InMemoryOriginalStore());

    private static string Original(int number) => $"{number}:".PadRight(Kilo, 'x');

    private static OriginalKey KeyOf(int number) => new("", OriginalId.Compute(Original(number)));

    private static async Task<InMemoryOriginalStore> StoreOf(int room, int originals)
    {
        var store = new InMemoryOriginalStore(room * 2_256);
        for (int i = 0; i < originals; i++) Assert.True(await store.PutAsync(KeyOf(i), Original(i)));
        return store;
    }

    [Fact]
    public async Task Drops_the_oldest_when_full_and_remembers_that_it_was_there()
    {
        InMemoryOriginalStore store = await StoreOf(room: 3, originals: 4);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(0)));
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyOf(99)));
        for (int i = 1; i < 4; i++) Assert.Equal(Original(i), (await store.GetAsync(KeyOf(i))).Text);
    }

    [Fact]
    public async Task Keeps_what_is_in_use_and_drops_what_is_idle()
    {
        InMemoryOriginalStore store = await StoreOf(room: 3, originals: 3);
        await store.GetAsync(KeyOf(0));
        await store.PutAsync(KeyOf(1), Original(1));
        await store.PutAsync(KeyOf(3), Original(3));
        Assert.Equal(OriginalStatus.Evicted, (await store.GetAsync(KeyOf(2))).Status);
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(0))).Status);
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(1))).Status);
    }

    [Fact]
    public async Task What_a_conversation_still_refers_to_is_in_use()
    {
        InMemoryOriginalStore store = await StoreOf(room: 2, originals: 3);
        Assert.Equal([KeyOf(0)], await store.KeepAsync([KeyOf(0), KeyOf(1)]));
        await store.PutAsync(KeyOf(3), Original(3));
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(1))).Status);
        Assert.Equal(OriginalStatus.Evicted, (await store.GetAsync(KeyOf(2))).Status);
    }

    [Fact]
    public async Task What_was_dropped_can_be_stored_again_and_dropped_again()
    {
        InMemoryOriginalStore store = await StoreOf(room: 1, originals: 2);
        Assert.True(await store.PutAsync(KeyOf(0), Original(0)));
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(0))).Status);
        Assert.Equal(OriginalStatus.Evicted, (await store.GetAsync(KeyOf(1))).Status);
        await store.PutAsync(KeyOf(2), Original(2));
        Assert.Equal(OriginalStatus.Evicted, (await store.GetAsync(KeyOf(0))).Status);
    }

    [Fact]
    public async Task Refuses_what_is_larger_than_itself_and_drops_nothing_for_it()
    {
        InMemoryOriginalStore store = await StoreOf(room: 2, originals: 2);
        string giant = new('x', 10_000);
        Assert.False(await store.PutAsync(new OriginalKey("", OriginalId.Compute(giant)), giant));
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(0))).Status);
    }

    [Fact]
    public async Task Remembers_only_so_many_dropped_ids()
    {
        var store = new InMemoryOriginalStore(300);
        for (int i = 0; i < 20_000; i++) await store.PutAsync(new OriginalKey("", $"{i:0000000000}"), "x");
        Assert.Equal(OriginalStatus.Unknown, (await store.GetAsync(new OriginalKey("", "0000000000"))).Status);
        Assert.Equal(OriginalStatus.Evicted, (await store.GetAsync(new OriginalKey("", "0000019998"))).Status);
    }

    [Fact]
    public void Refuses_a_size_of_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryOriginalStore(0));
    }
}
