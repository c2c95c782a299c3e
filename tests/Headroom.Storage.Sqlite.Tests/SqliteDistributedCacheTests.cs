using System.Text;
using Headroom.Extensions.AI.Storage;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Storage.Sqlite.Caching;

public sealed class SqliteDistributedCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly List<SqliteDistributedCache> _opened = [];

    public void Dispose()
    {
        _opened.ForEach(c => c.Dispose());
        _folder.Dispose();
    }

    private SqliteDistributedCache Open(long maxBytes = 1 << 30)
    {
        var cache = new SqliteDistributedCache(_folder.File("cache.db"), new SqliteDistributedCacheOptions { MaxBytes = maxBytes }, _clock);
        _opened.Add(cache);
        return cache;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public async Task What_was_set_is_there_until_it_is_removed_for_other_processes_too()
    {
        SqliteDistributedCache cache = Open();
        Assert.Null(cache.Get("key"));
        await cache.SetAsync("key", Bytes("value"), new DistributedCacheEntryOptions());
        await cache.SetAsync("", [], new DistributedCacheEntryOptions());
        await cache.SetAsync("'; drop table entries; --", Bytes("odd"), new DistributedCacheEntryOptions());
        Assert.Equal(Bytes("value"), await Open().GetAsync("key"));
        Assert.Empty((await Open().GetAsync(""))!);
        Assert.Null(await Open().GetAsync("KEY"));
        cache.Set("key", Bytes("newer"), new DistributedCacheEntryOptions());
        Assert.Equal(Bytes("newer"), Open().Get("key"));
        await cache.RemoveAsync("key");
        await cache.RemoveAsync("never");
        Assert.Null(Open().Get("key"));
        Assert.Equal(Bytes("odd"), cache.Get("'; drop table entries; --"));
    }

    [Fact]
    public void Entries_expire_when_they_are_to()
    {
        SqliteDistributedCache cache = Open();
        cache.Set("relative", Bytes("x"), new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });
        cache.Set("absolute", Bytes("x"), new DistributedCacheEntryOptions { AbsoluteExpiration = _clock.Now.AddMinutes(20) });
        cache.Set("sliding", Bytes("x"), new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(10) });
        cache.Set("both", Bytes("x"), new DistributedCacheEntryOptions { SlidingExpiration = TimeSpan.FromMinutes(10), AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(25) });
        cache.Set("never", Bytes("x"), new DistributedCacheEntryOptions());
        List<string> LeftAfter(int minutes)
        {
            _clock.Now += TimeSpan.FromMinutes(minutes);
            cache.Refresh("both");
            return [.. new[] { "relative", "absolute", "sliding", "both", "never" }.Where(k => cache.Get(k) is not null)];
        }

        Assert.Equal(["relative", "absolute", "sliding", "both", "never"], LeftAfter(9));
        Assert.Equal(["absolute", "sliding", "both", "never"], LeftAfter(9));
        Assert.Equal(["sliding", "both", "never"], LeftAfter(6));
        Assert.Equal(["sliding", "never"], LeftAfter(6));
        Assert.Equal(["never"], LeftAfter(60));
        cache.Set("cleaning", Bytes("x"), new DistributedCacheEntryOptions());
        Assert.Equal(Bytes("x"), cache.Get("never"));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Set("late", [], new DistributedCacheEntryOptions { AbsoluteExpiration = _clock.Now.AddMinutes(-1) }));
    }

    [Fact]
    public void What_was_not_read_for_longest_makes_room()
    {
        SqliteDistributedCache cache = Open(maxBytes: 1 << 20);
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] value = new byte[10_000];
            random.NextBytes(value);
            cache.Set($"key {i}", value, new DistributedCacheEntryOptions());
            _clock.Now += TimeSpan.FromHours(2);
            Assert.NotNull(cache.Get("key 0"));
        }

        Assert.NotNull(cache.Get("key 299"));
        Assert.Null(cache.Get("key 1"));
        Assert.InRange(new FileInfo(_folder.File("cache.db")).Length, 500_000, 1 << 20);
        cache.Set("giant", new byte[2 << 20], new DistributedCacheEntryOptions());
        Assert.Null(cache.Get("giant"));
    }

    [Fact]
    public void A_file_is_of_one_kind()
    {
        Open();
        Assert.Contains("no store of originals", Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(_folder.File("cache.db"))).Message, StringComparison.Ordinal);
        using (new SqliteOriginalStore(_folder.File()))
        {
            Assert.Contains("no cache", Assert.Throws<InvalidOperationException>(() => new SqliteDistributedCache(_folder.File())).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_host_gives_its_hybrid_cache_a_durable_second_level_in_one_line()
    {
        async Task<IOriginalStore> StartAsync()
        {
            var services = new ServiceCollection();
            services.AddHeadroomSqliteDistributedCache(_folder.File("cache.db"));
            services.AddHybridCache();
            services.AddHeadroom();
            await Task.Yield();
            return services.BuildServiceProvider().GetRequiredService<IOriginalStore>();
        }

        var key = new OriginalKey("tenant", OriginalId.Compute("original"));
        IOriginalStore first = await StartAsync(), second = await StartAsync();
        Assert.IsType<HybridCacheOriginalStore>(first);
        Assert.True(await first.PutAsync(key, "original"));
        Assert.Equal("original", (await second.GetAsync(key)).Text);
    }
}

/// <summary>The contract over a hybrid cache whose second level is a SQLite file.</summary>
public sealed class HybridCacheOverSqliteContractTests : OriginalStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _opened = [];

    protected override ValueTask<IOriginalStore> CreateAsync() => new(Open());

    protected override ValueTask<IOriginalStore?> ReopenAsync() => new(Open());

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        _folder.Dispose();
    }

    private HybridCacheOriginalStore Open()
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(Clock).AddHeadroomSqliteDistributedCache(_folder.File("cache.db")).AddHybridCache();
        ServiceProvider provider = services.BuildServiceProvider();
        lock (_opened) _opened.Add(provider);
        return new HybridCacheOriginalStore(provider.GetRequiredService<HybridCache>(), null, Clock);
    }
}
