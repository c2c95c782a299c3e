namespace Headroom.Storage;

public sealed class FailingOriginalStoreTests
{
    private static readonly OriginalKey Key = new("", "7kq2m9x4ab");

    [Fact]
    public async Task Works_until_the_call_it_fails_at()
    {
        var store = new FailingOriginalStore(StoreFailure.Throw, failAt: 3, forEver: false);
        Assert.True(await store.PutAsync(Key, "x"));
        Assert.Equal("x", (await store.GetAsync(Key)).Text);
        await Assert.ThrowsAsync<IOException>(async () => await store.GetAsync(Key));
        Assert.Equal("x", (await store.GetAsync(Key)).Text);
        Assert.Equal(4, store.Calls);
    }

    [Fact]
    public async Task Hangs_until_cancelled()
    {
        var store = new FailingOriginalStore(StoreFailure.Hang);
        using var source = new CancellationTokenSource();
        Task put = store.PutAsync(Key, "x", source.Token).AsTask();
        Assert.False(put.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => put);
    }

    [Fact]
    public async Task Lies_when_told_to()
    {
        var store = new FailingOriginalStore(StoreFailure.Garbage);
        Assert.True(await store.PutAsync(Key, "x"));
        Assert.NotEqual("x", (await store.GetAsync(Key)).Text);
    }
}
