using Headroom.Storage;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Extensions.AI.Storage;

public sealed class HybridCacheOriginalStoreTests
{
    private readonly DictionaryDistributedCache _distributed = new();

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("line\r\nline\0\t\u00e9 \U0001F600")]
    public async Task What_was_put_comes_back_from_another_process(string original)
    {
        Assert.True(await Store().PutAsync(Key(original), original));
        Assert.Equal(OriginalLookup.Found(original), await Store().GetAsync(Key(original)));
    }

    [Fact]
    public async Task A_large_original_is_cut_below_the_silent_limit_of_the_cache()
    {
        string original = Incompressible(1_000_000);

        Assert.True(await Store().PutAsync(Key(original), original));

        Assert.InRange(_distributed.LargestEntry, 300 * 1024, 512 * 1024);
        Assert.InRange(_distributed.Count, 5, 10);
        Assert.Equal(original, (await Store().GetAsync(Key(original))).Text);
    }

    [Fact]
    public async Task Entries_are_kept_for_thirty_days_rather_than_five_minutes()
    {
        Assert.True(await Store().PutAsync(Key("original"), "original"));
        Assert.All(_distributed.Options, o => Assert.Equal(TimeSpan.FromDays(30), o.AbsoluteExpirationRelativeToNow));
    }

    [Fact]
    public async Task A_second_level_that_swallows_writes_has_stored_nothing()
    {
        _distributed.FailWrites = true;
        Assert.False(await Store().PutAsync(Key("original"), "original"));
    }

    [Fact]
    public async Task A_second_level_that_cannot_be_read_has_stored_nothing()
    {
        _distributed.FailReads = true;
        Assert.False(await Store().PutAsync(Key("original"), "original"));
    }

    [Fact]
    public async Task An_entry_over_the_limit_of_the_cache_is_noticed()
    {
        // The cache keeps it in its first level and says nothing; the read-back goes past that level.
        string original = Incompressible(5_000);
        Assert.False(await Store(o => o.MaximumPayloadBytes = 2000).PutAsync(Key(original), original));
    }

    [Fact]
    public async Task Without_a_second_level_nothing_counts_as_stored_unless_told_so()
    {
        HybridCache cache = Cache(null);
        Assert.False(await new HybridCacheOriginalStore(cache).PutAsync(Key("original"), "original"));

        var local = new HybridCacheOriginalStore(cache, new HybridCacheOriginalStoreOptions { HasDistributedCache = false });
        Assert.True(await local.PutAsync(Key("original"), "original"));
        Assert.Equal("original", (await local.GetAsync(Key("original"))).Text);
    }

    [Fact]
    public async Task Another_original_under_the_same_id_is_refused()
    {
        HybridCacheOriginalStore store = Store();
        Assert.True(await store.PutAsync(Key("original"), "original"));
        Assert.False(await store.PutAsync(Key("original"), "another"));
        Assert.Equal("original", (await Store().GetAsync(Key("original"))).Text);
    }

    [Fact]
    public async Task Scopes_are_apart_and_may_be_any_text()
    {
        string scope = new string('\u0001', 3000) + "\n\u00e9";
        var key = new OriginalKey(scope, OriginalId.Compute("original"));

        Assert.True(await Store().PutAsync(key, "original"));

        Assert.Equal("original", (await Store().GetAsync(key)).Text);
        Assert.Equal(OriginalLookup.Unknown, await Store().GetAsync(key with { Scope = "other" }));
        Assert.All(_distributed.Keys, k => Assert.Matches("^[a-z0-9:]{1,100}$", k));
    }

    [Fact]
    public async Task A_lost_piece_is_told_from_an_original_that_never_was()
    {
        string original = new('x', 500_000);
        Assert.True(await Store().PutAsync(Key(original), original));
        _distributed.Remove(_distributed.Keys.Single(k => k.EndsWith(":1", StringComparison.Ordinal)));

        Assert.Equal(OriginalLookup.Evicted, await Store().GetAsync(Key(original)));
        Assert.Equal(OriginalLookup.Unknown, await Store().GetAsync(Key("never")));
        Assert.True(await Store().PutAsync(Key(original), original));
        Assert.Equal(OriginalLookup.Found(original), await Store().GetAsync(Key(original)));
    }

    [Fact]
    public async Task What_is_still_referred_to_is_put_again_before_it_expires_or_once_it_is_gone()
    {
        var clock = new ManualClock();
        HybridCacheOriginalStore store = new(Cache(_distributed), null, clock);
        Assert.True(await store.PutAsync(Key("original"), "original"));
        Assert.Empty(await store.KeepAsync([Key("original")]));

        clock.Now += TimeSpan.FromDays(16);
        Assert.Equal([Key("original")], await store.KeepAsync([Key("original")]));
        Assert.Empty(await store.KeepAsync([Key("original")])); // said once an hour
        Assert.True(await store.PutAsync(Key("original"), "original"));

        clock.Now += TimeSpan.FromHours(2);
        Assert.Empty(await store.KeepAsync([Key("original")]));
        clock.Now += TimeSpan.FromHours(2);
        _distributed.Remove(_distributed.Keys.Single());
        Assert.Equal([Key("original")], await store.KeepAsync([Key("original")]));
    }

    [Fact]
    public async Task Keys_may_be_rotated()
    {
        byte[] oldKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], newKey = [.. Enumerable.Range(50, 32).Select(i => (byte)i)];
        HybridCacheOriginalStore With(OriginalEncryption? encryption) => new(Cache(_distributed), new HybridCacheOriginalStoreOptions { Encryption = encryption });
        Assert.True(await With(null).PutAsync(Key("clear"), "clear"));
        Assert.True(await With(new("old", oldKey)).PutAsync(Key("original"), "original"));
        HybridCacheOriginalStore both = With(new OriginalEncryption("new", newKey).WithOlder("old", oldKey));

        Assert.Equal("clear", (await both.GetAsync(Key("clear"))).Text);
        Assert.Equal("original", (await both.GetAsync(Key("original"))).Text);
        Assert.Equal([Key("original")], await both.KeepAsync([Key("original")])); // so that it moves to the new key

        Assert.True(await both.PutAsync(Key("original"), "original"));
        Assert.Equal("original", (await With(new("new", newKey)).GetAsync(Key("original"))).Text);
        Assert.Equal(OriginalLookup.Unknown, await With(new("third", new byte[32])).GetAsync(Key("original")));
        Assert.Equal(OriginalLookup.Unknown, await With(null).GetAsync(Key("original")));
    }

    [Fact]
    public async Task A_damaged_piece_is_never_returned()
    {
        Assert.True(await Store().PutAsync(Key("original"), "original"));
        string name = _distributed.Keys.Single();
        byte[] intact = _distributed.Get(name)!;
        int refused = 0;
        for (int i = 8; i < intact.Length; i++) // after the time it was written
        {
            byte[] damaged = [.. intact];
            damaged[i] ^= 1;
            _distributed.Set(name, damaged, new DistributedCacheEntryOptions());
            OriginalLookup found = await Store().GetAsync(Key("original"));
            Assert.True(found.Text is null or "original"); // the cache's own frame around it has bytes that make no difference
            if (found.Status != OriginalStatus.Found) refused++;
            Assert.True(await Store().PutAsync(Key("original"), "original")); // and a new put repairs it
            Assert.Equal("original", (await Store().GetAsync(Key("original"))).Text);
        }

        Assert.True(refused > intact.Length / 2, $"{refused} of {intact.Length}");
    }

    [Fact]
    public async Task Putting_again_writes_only_once_half_of_the_time_has_passed()
    {
        var clock = new ManualClock();
        HybridCacheOriginalStore store = new(Cache(_distributed), null, clock);
        Assert.True(await store.PutAsync(Key("original"), "original"));
        int writes = _distributed.Writes;

        clock.Now += TimeSpan.FromDays(14);
        Assert.True(await store.PutAsync(Key("original"), "original"));
        Assert.Equal(writes, _distributed.Writes);

        clock.Now += TimeSpan.FromDays(2);
        Assert.True(await store.PutAsync(Key("original"), "original"));
        Assert.Equal(2 * writes, _distributed.Writes);
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("lose")]
    [InlineData("garbage")]
    public async Task A_second_level_that_fails_at_any_call_is_an_answer(string failure)
    {
        string original = Incompressible(400_000); // three pieces
        bool isOver = false;
        for (int at = 1; !isOver; at++)
        {
            var kept = new DictionaryDistributedCache();
            int calls = 0;
            var failing = new FailingDistributedCache(kept, failure, () => ++calls == at);
            bool isStored = await new HybridCacheOriginalStore(Cache(failing)).PutAsync(Key(original), original);
            OriginalLookup found = await new HybridCacheOriginalStore(Cache(failing)).GetAsync(Key(original));
            isOver = calls < at;

            Assert.True(found.Text is null || found.Text == original);
            if (isStored) Assert.Equal(original, (await new HybridCacheOriginalStore(Cache(kept)).GetAsync(Key(original))).Text);
            Assert.True(await new HybridCacheOriginalStore(Cache(kept)).PutAsync(Key(original), original));
            Assert.InRange(at, 1, 40);
        }
    }

    [Fact]
    public async Task Cancellation_propagates()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store().PutAsync(Key("original"), "original", cancel.Token));
    }

    [Theory]
    [InlineData(0, 2048)]
    [InlineData(4000 * 24 * 60, 2048)]
    [InlineData(60, 100)]
    public void Settings_out_of_range_are_refused(int minutes, int piece) => Assert.Throws<ArgumentException>(() => new HybridCacheOriginalStore(
        Cache(null), new HybridCacheOriginalStoreOptions { Expiration = TimeSpan.FromMinutes(minutes), PieceBytes = piece }));

    private static string Incompressible(int length) =>
        string.Create(length, new Random(7), static (text, random) => { foreach (ref char c in text) c = (char)random.Next(0x4E00, 0x9FA5); });

    private static OriginalKey Key(string original) => new("tenant", OriginalId.Compute(original));

    private static HybridCache Cache(IDistributedCache? distributed, Action<HybridCacheOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        if (distributed is not null) services.AddSingleton(distributed);
        services.AddHybridCache(configure ?? (_ => { }));
        return services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }

    private HybridCacheOriginalStore Store(Action<HybridCacheOptions>? configure = null) => new(Cache(_distributed, configure));

    /// <summary>Fails when it is told to: throws, forgets what it is given and finds nothing, or damages it.</summary>
    private sealed class FailingDistributedCache(DictionaryDistributedCache inner, string failure, Func<bool> failsNow) : IDistributedCache
    {
        public byte[]? Get(string key)
        {
            byte[]? value = inner.Get(key);
            if (!failsNow()) return value;
            return failure switch { "throw" => throw new IOException("on purpose"), "lose" => null, _ => Damaged(value ?? new byte[100]) };
        }

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
        {
            if (!failsNow()) inner.Set(key, value, options);
            else if (failure == "throw") throw new IOException("on purpose");
            else if (failure == "garbage") inner.Set(key, Damaged(value), options);
        }

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return Task.CompletedTask;
        }

        public void Remove(string key) => inner.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        private static byte[] Damaged(byte[] value) => [.. value.Select((b, i) => i == value.Length / 2 ? (byte)(b ^ 1) : b)];
    }
}
