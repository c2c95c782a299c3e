namespace Headroom.Storage;

public sealed class GuardedOriginalStoreTests
{
    private static readonly OriginalKey Key = new("", OriginalId.Compute("x"));

    /// <summary>Long enough that a working store is never taken for a hanging one, and short enough to wait for.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    [Theory]
    [InlineData(StoreFailure.Throw)]
    [InlineData(StoreFailure.Refuse)]
    [InlineData(StoreFailure.Hang)]
    [InlineData(StoreFailure.Block)]
    [InlineData(StoreFailure.Garbage)]
    [InlineData(StoreFailure.Lose)]
    public async Task Whatever_a_store_does_is_an_answer(StoreFailure failure)
    {
        for (int at = 1; at <= 2; at++) // the put itself, and fetching what was put
        {
            using var failing = new FailingOriginalStore(failure, at);
            Assert.False(await new GuardedOriginalStore(failing, Timeout).PutAsync(Key, "x"));
        }

        using var store = new FailingOriginalStore(failure);
        OriginalLookup lookup = await new GuardedOriginalStore(store, Timeout).GetAsync(Key);
        Assert.NotEqual("x", lookup.Text);
        await new GuardedOriginalStore(store, Timeout).KeepAsync([Key]);
    }

    [Fact]
    public async Task A_store_that_works_is_passed_through()
    {
        var store = new InMemoryOriginalStore();
        var guarded = new GuardedOriginalStore(store);
        Assert.Equal(OriginalLookup.Unknown, await guarded.GetAsync(Key));
        Assert.Equal([Key], await guarded.KeepAsync([Key]));
        Assert.True(await guarded.PutAsync(Key, "x"));
        Assert.False(await guarded.PutAsync(Key, "y"));
        Assert.Equal("x", (await guarded.GetAsync(Key)).Text);
        Assert.Empty(await guarded.KeepAsync([Key]));
        Assert.Same(store, guarded.Inner);
    }

    [Fact]
    public async Task A_store_that_hangs_is_waited_for_once_but_still_asked_for_what_it_has()
    {
        using var store = new FailingOriginalStore(StoreFailure.Hang, failAt: 1, forEver: false);
        var guarded = new GuardedOriginalStore(store, Timeout);
        for (int i = 0; i < 20; i++) Assert.False(await guarded.PutAsync(Key, "x"));
        Assert.Equal(1, store.Calls);
        Assert.Equal(OriginalLookup.Unknown, await guarded.GetAsync(Key));
        Assert.Equal(2, store.Calls);
    }

    [Fact]
    public async Task After_a_rest_the_store_is_asked_again()
    {
        using var store = new FailingOriginalStore(StoreFailure.Hang, failAt: 1, forEver: false);
        var guarded = new GuardedOriginalStore(store, TimeSpan.FromMilliseconds(20));
        Assert.False(await guarded.PutAsync(Key, "x"));
        for (int i = 0; i < 300 && store.Calls == 1; i++)
        {
            await Task.Delay(20);
            await guarded.PutAsync(Key, "x");
        }

        Assert.InRange(store.Calls, 2, 3);
    }

    [Theory]
    [InlineData(StoreFailure.Hang)]
    [InlineData(StoreFailure.Block)]
    public async Task Cancellation_propagates_at_once(StoreFailure failure)
    {
        using var store = new FailingOriginalStore(failure);
        var guarded = new GuardedOriginalStore(store, TimeSpan.FromHours(1));
        using var cancel = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guarded.PutAsync(Key, "x", cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guarded.GetAsync(Key, cancel.Token));
    }

    [Fact]
    public void A_timeout_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GuardedOriginalStore(new InMemoryOriginalStore(), TimeSpan.Zero));

    [Theory]
    [InlineData(0)]
    [InlineData(3_600)]
    public void An_option_out_of_range_is_named(int seconds)
    {
        var options = new HeadroomOptions { StoreTimeout = TimeSpan.FromSeconds(seconds) };
        Assert.Contains("StoreTimeout", Assert.Throws<ArgumentException>(() => new ConversationCompressor(options)).Message, StringComparison.Ordinal);
    }
}

/// <summary>The contract, guarded.</summary>
public sealed class GuardedContractTests : OriginalStoreContract
{
    protected override ValueTask<IOriginalStore> CreateAsync() => new(new GuardedOriginalStore(new InMemoryOriginalStore(), TimeSpan.FromMinutes(5)));
}
