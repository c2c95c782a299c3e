using Headroom.Storage.Postgres.Server;
using Npgsql;

namespace Headroom.Storage.Postgres;

public sealed class PostgresOriginalStoreTests : IDisposable
{
    private readonly OpenedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    private PostgresOriginalStore Open(Action<PostgresOriginalStoreOptions>? configure = null) => _stores.Open(configure);

    private static OriginalKey KeyOf(string original, string scope = "tenant") => new(scope, OriginalId.Compute(original));

    /// <summary>A text that stays some 30 KB when it is compressed.</summary>
    private static string Large(int seed) =>
        string.Create(15_000, new Random(seed), static (text, random) => { foreach (ref char c in text) c = (char)random.Next(0x4E00, 0x9FA5); });

    [Fact]
    public async Task An_original_is_stored_once_a_scope_and_small()
    {
        PostgresOriginalStore store = Open();
        string log = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"2026-03-04T09:00:{i % 60:00}Z INFO api GET /health/{i} 200\n"));
        for (int i = 0; i < 3; i++) Assert.True(await store.PutAsync(KeyOf(log), log));
        PostgresStoreStatistics once = await store.StatisticsAsync();
        Assert.Equal((1, log.Length, 0L), (once.Originals, once.Characters, once.Unfinished));
        Assert.InRange(once.Bytes, 1_000, log.Length / 4);
        Assert.Equal(once.Bytes + 256, once.UsedBytes);
        Assert.InRange(once.TableBytes, once.Bytes, 10 * once.Bytes);
        Assert.True(await store.PutAsync(KeyOf(log, "another"), log));
        Assert.Equal(2, (await store.StatisticsAsync()).Originals);
    }

    [Fact]
    public async Task What_is_idle_longest_is_dropped_first_and_that_is_remembered()
    {
        PostgresOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (1024 * 1024, TimeSpan.FromDays(1)));
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await store.PutAsync(KeyOf(Large(i)), Large(i)));
            _stores.Pass(TimeSpan.FromHours(1));
        }

        _stores.Pass(TimeSpan.FromDays(3));
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(0)))).Status);
        Assert.Empty(await store.KeepAsync([KeyOf(Large(1))]));
        Assert.True(await store.PutAsync(KeyOf(Large(2)), Large(2)));
        for (int i = 20; i < 40; i++) Assert.True(await store.PutAsync(KeyOf(Large(i)), Large(i)));

        for (int i = 0; i < 3; i++) Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(i)))).Status);
        for (int i = 20; i < 40; i++) Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(i)))).Status);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(Large(3))));
        Assert.Equal([KeyOf(Large(3))], await store.KeepAsync([KeyOf(Large(0)), KeyOf(Large(3))]));
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyOf(Large(99))));
        PostgresStoreStatistics full = await store.StatisticsAsync();
        Assert.InRange(full.UsedBytes, 900_000, 1024 * 1024); // no more was dropped than had to be
        Assert.Equal(40, full.Originals + full.Dropped);
        Assert.True(await store.PutAsync(KeyOf(Large(3)), Large(3))); // and may come back
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(3)))).Status);
    }

    [Fact]
    public async Task What_was_used_within_the_retention_is_never_dropped()
    {
        PostgresOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (1024 * 1024, TimeSpan.FromDays(1)));
        int stored = 0;
        while (await store.PutAsync(KeyOf(Large(stored)), Large(stored))) stored++;
        Assert.InRange(stored, 15, 40);
        _stores.Pass(TimeSpan.FromHours(12));
        Assert.False(await store.PutAsync(KeyOf(Large(99)), Large(99)));
        for (int i = 0; i < stored; i++) Assert.Equal(Large(i), (await store.GetAsync(KeyOf(Large(i)))).Text);
        Assert.Equal(0, (await store.StatisticsAsync()).Unfinished);

        _stores.Pass(TimeSpan.FromHours(23)); // used 23 hours ago, as exactly as that is known
        Assert.False(await store.PutAsync(KeyOf(Large(99)), Large(99)));
        Assert.Empty(await store.KeepAsync([KeyOf(Large(1))]));
        _stores.Pass(TimeSpan.FromHours(3));
        Assert.True(await store.PutAsync(KeyOf(Large(99)), Large(99)));
        Assert.Equal(Large(1), (await store.GetAsync(KeyOf(Large(1)))).Text); // a conversation referred to it
    }

    [Fact]
    public async Task Many_that_make_room_at_once_drop_nothing_that_is_kept()
    {
        PostgresOriginalStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Open(o => (o.MaxBytes, o.Retention) = (1024 * 1024, TimeSpan.FromDays(1))))];
        for (int i = 0; i < 30; i++) Assert.True(await stores[0].PutAsync(KeyOf(Large(i)), Large(i)));
        _stores.Pass(TimeSpan.FromDays(2));
        OriginalKey[] kept = [.. Enumerable.Range(0, 10).Select(i => KeyOf(Large(i)))];
        Task<IReadOnlyList<OriginalKey>> keeping = Task.Run(async () => await stores[0].KeepAsync(kept));
        bool[] isStored = await Task.WhenAll(Enumerable.Range(100, 20).Select(i => Task.Run(async () => await stores[i % 4].PutAsync(KeyOf(Large(i)), Large(i)))));
        IReadOnlyList<OriginalKey> missing = await keeping;
        for (int i = 0; i < 10; i++)
        {
            OriginalLookup found = await stores[1].GetAsync(kept[i]);
            Assert.True(missing.Contains(kept[i]) || found.Text == Large(i)); // kept, or said to be gone
        }

        for (int i = 100; i < 120; i++) Assert.True(!isStored[i - 100] || (await stores[2].GetAsync(KeyOf(Large(i)))).Text == Large(i));
        Assert.InRange((await stores[0].StatisticsAsync()).UsedBytes, 300_000, 1024 * 1024 + 4 * 33_000); // what several write at the same moment may come on top
        Assert.Empty(_stores.Failures);
        Assert.Equal((await stores[0].StatisticsAsync()).UsedBytes, (await stores[0].PruneAsync()).BytesBefore); // counted well
    }

    [Fact]
    public async Task An_original_too_large_for_the_store_leaves_the_others_alone()
    {
        PostgresOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (2 * 1024 * 1024, TimeSpan.Zero));
        Assert.True(await store.PutAsync(KeyOf("small"), "small"));
        string giant = string.Concat(Enumerable.Range(0, 200).Select(Large)); // 6 MB, in several statements
        Assert.False(await store.PutAsync(KeyOf(giant), giant));
        Assert.Equal("small", (await store.GetAsync(KeyOf("small"))).Text);
        PostgresStoreStatistics left = await store.StatisticsAsync();
        Assert.Equal((1L, 0L), (left.Originals, left.Unfinished));
        Assert.InRange(left.UsedBytes, 256, 400);
    }

    [Fact]
    public async Task A_giant_original_takes_little_memory_beside_its_text()
    {
        bool isLong = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1"; // almost the longest string there can be
        string giant = string.Create(isLong ? 1_073_000_000 : 20_000_000, 0, static (text, _) =>
        {
            for (int i = 0; i < text.Length; i++) text[i] = i % 60 == 0 ? '\n' : (char)('a' + (i ^ (i >> 7)) % 23);
        });
        PostgresOriginalStore store = Open();
        await store.PrepareAsync();
        long before = Environment.WorkingSet, most = before;
        using (new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 0, 10)) Assert.True(await store.PutAsync(KeyOf(giant), giant));
        if (isLong) Assert.InRange(most - before, 0, 300_000_000); // other tests run at the same time
        Assert.True((await store.GetAsync(KeyOf(giant))).Text.AsSpan().SequenceEqual(giant));
    }

    [Fact]
    public async Task A_clock_of_the_server_that_went_back_loses_nothing_and_ages_again()
    {
        PostgresOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (1024 * 1024, TimeSpan.FromDays(1)));
        Assert.True(await store.PutAsync(KeyOf("kept"), "kept"));
        _stores.Pass(TimeSpan.FromDays(-3_650)); // used ten years from now
        Assert.Equal("kept", (await store.GetAsync(KeyOf("kept"))).Text);
        Assert.InRange((await store.StatisticsAsync()).NewestUse!.Value, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task Keys_may_be_rotated()
    {
        byte[] oldKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], newKey = [.. Enumerable.Range(50, 32).Select(i => (byte)i)];
        Assert.True(await Open().PutAsync(KeyOf("clear"), "clear"));
        Assert.True(await Open(o => o.Encryption = new("old", oldKey)).PutAsync(KeyOf("original"), "original"));

        PostgresOriginalStore both = Open(o => o.Encryption = new OriginalEncryption("new", newKey).WithOlder("old", oldKey));
        Assert.Equal("original", (await both.GetAsync(KeyOf("original"))).Text);
        Assert.Equal("clear", (await both.GetAsync(KeyOf("clear"))).Text);
        Assert.Equal([KeyOf("original"), KeyOf("clear")], await both.KeepAsync([KeyOf("original"), KeyOf("clear")]));
        Assert.False(await both.PutAsync(KeyOf("original"), "another"));
        Assert.True(await both.PutAsync(KeyOf("original"), "original"));
        Assert.True(await both.PutAsync(KeyOf("clear"), "clear"));
        Assert.Empty(await both.KeepAsync([KeyOf("original"), KeyOf("clear")]));
        Assert.Equal(2, (await both.StatisticsAsync()).Originals); // they moved

        PostgresOriginalStore newest = Open(o => o.Encryption = new("new", newKey));
        Assert.Equal("original", (await newest.GetAsync(KeyOf("original"))).Text);
        Assert.Equal("clear", (await newest.GetAsync(KeyOf("clear"))).Text);
        Assert.Null((await Open().GetAsync(KeyOf("original"))).Text);
        Assert.All((await Open().VerifyAsync()).Problems, p => Assert.Equal(EnvelopeState.UnknownKey, p.State));
        Assert.Equal(0L, _stores.Server.Ask<long>($"SELECT count(*) FROM {_stores.Originals} WHERE position('original'::bytea IN piece) > 0"));
    }

    [Fact]
    public async Task A_store_opened_for_reading_changes_nothing()
    {
        InvalidOperationException none = await Assert.ThrowsAsync<InvalidOperationException>(() => Open(o => o.ReadOnly = true).PrepareAsync());
        Assert.Contains("do not exist", none.Message, StringComparison.Ordinal);
        Assert.True(await Open().PutAsync(KeyOf("original"), "original"));
        PostgresOriginalStore store = Open(o => o.ReadOnly = true);
        _stores.Pass(TimeSpan.FromDays(20));
        DateTimeOffset? used = (await store.StatisticsAsync()).NewestUse;
        Assert.Equal("original", (await store.GetAsync(KeyOf("original"))).Text);
        Assert.False(await store.PutAsync(KeyOf("original"), "original"));
        Assert.False(await store.PutAsync(KeyOf("another"), "another"));
        Assert.Empty(await store.KeepAsync([KeyOf("original"), KeyOf("another")]));
        Assert.Equal(used, (await store.StatisticsAsync()).NewestUse);
    }

    [Fact]
    public async Task Pruning_drops_what_is_idle_and_what_was_cut_short()
    {
        PostgresOriginalStore store = Open();
        for (int i = 0; i < 100; i++) Assert.True(await store.PutAsync(KeyOf(Large(i)), Large(i)));
        _stores.Server.Execute($"UPDATE {_stores.Originals} SET used = now() - (100 - id) * interval '1 hour'");
        _stores.Server.Execute($"INSERT INTO {_stores.Originals} (used, pieces, characters, bytes, piece) VALUES (now() - interval '2 hours', 1, 1, 1, ''), (now(), 1, 1, 1, '')");

        PostgresStorePruning nothing = await store.PruneAsync();
        Assert.Equal((0L, 1L), (nothing.Originals, nothing.Unfinished));
        PostgresStorePruning some = await store.PruneAsync(idleFor: TimeSpan.FromHours(50));
        Assert.InRange(some.Originals, 49, 51);
        Assert.InRange(some.BytesAfter, 1, some.BytesBefore * 6 / 10);
        PostgresStorePruning more = await store.PruneAsync(downToBytes: 500_000);
        Assert.InRange((await store.StatisticsAsync()).UsedBytes, 450_000, 500_000);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(Large(0))));
        Assert.Equal(Large(99), (await store.GetAsync(KeyOf(Large(99)))).Text);
        PostgresStoreStatistics left = await store.StatisticsAsync();
        Assert.Equal((100, 1L), (left.Originals + some.Originals + more.Originals, left.Unfinished));
    }

    [Fact]
    public async Task All_of_it_can_be_read()
    {
        PostgresOriginalStore store = Open();
        string[] originals = [.. Enumerable.Range(0, 600).Select(i => $"original {i}")];
        foreach (string original in originals) Assert.True(await store.PutAsync(KeyOf(original), original));
        List<string?> read = [];
        await foreach (PostgresStoreEntry entry in store.ReadAllAsync()) read.Add(entry.Original);
        Assert.Equal(originals.Order(), read.Order());
    }

    [Fact]
    public async Task A_damaged_row_is_noticed_and_the_others_are_served()
    {
        PostgresOriginalStore store = Open();
        string huge = string.Concat(Enumerable.Range(0, 10).Select(i => Large(i))) + new string('x', 400_000);
        string[] originals = [.. Enumerable.Range(0, 20).Select(Large), huge];
        foreach (string original in originals) Assert.True(await store.PutAsync(KeyOf(original), original));
        _stores.Server.Execute($"UPDATE {_stores.Originals} SET piece = set_byte(piece, length(piece) / 2, get_byte(piece, length(piece) / 2) # 1) WHERE id = 3");
        _stores.Server.Execute($"UPDATE {_stores.Originals} SET piece = (SELECT piece FROM {_stores.Originals} WHERE id = 5) WHERE id = 4");
        _stores.Server.Execute($"UPDATE {_stores.Originals} SET piece = '' WHERE id = 6");
        _stores.Server.Execute($"DELETE FROM {_stores.Schema}.headroom_pieces WHERE number = 1");
        int[] damaged = [2, 3, 5, 20];
        for (int i = 0; i < originals.Length; i++)
        {
            OriginalLookup expected = damaged.Contains(i) ? OriginalLookup.Unavailable : OriginalLookup.Found(originals[i]);
            Assert.Equal(expected, await store.GetAsync(KeyOf(originals[i])));
        }

        PostgresStoreVerification verification = await store.VerifyAsync();
        Assert.Equal((17L, 4), (verification.Intact, verification.Problems.Count));
        Assert.All(verification.Problems, p => Assert.Equal((EnvelopeState.Damaged, null), (p.State, p.Original)));

        Assert.True(await store.PutAsync(KeyOf(originals[2]), originals[2])); // who has the text can mend it
        Assert.True(await store.PutAsync(KeyOf(huge), huge));
        Assert.Equal(huge, (await store.GetAsync(KeyOf(huge))).Text);
        Assert.Equal(2, (await store.PruneAsync(damaged: true)).Originals);
        Assert.True((await store.VerifyAsync()).IsSound);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(originals[3])));
    }

    [Fact]
    public async Task Failures_say_why_and_nothing_of_what_was_stored()
    {
        PostgresOriginalStore store = Open();
        await store.PrepareAsync();
        store.Database.BeforeStatement = _ => throw new NpgsqlException("on purpose");
        Assert.False(await store.PutAsync(KeyOf("swordfish", "secret tenant"), "swordfish"));
        Assert.Equal(OriginalLookup.Unavailable, await store.GetAsync(KeyOf("swordfish", "secret tenant")));
        Assert.Empty(await store.KeepAsync([KeyOf("swordfish", "secret tenant")]));
        store.Database.BeforeStatement = null;
        _stores.Server.Execute($"ALTER TABLE {_stores.Originals} ADD CHECK (length(piece) < 1)");
        Assert.False(await store.PutAsync(KeyOf("swordfish", "secret tenant"), "swordfish"));
        PostgresOriginalStore locked = _stores.Open(null, _stores.Server.ConnectionString.Replace(_stores.Server.Password, "wrong " + _stores.Server.Password, StringComparison.Ordinal));
        Assert.False(await locked.PutAsync(KeyOf("swordfish"), "swordfish"));
        Assert.Equal(5, _stores.Failures.Count);
        foreach (string secret in new[] { "swordfish", "secret tenant", _stores.Server.Password })
        {
            Assert.All(_stores.Failures, f => Assert.DoesNotContain(secret, f.ToString(), StringComparison.Ordinal));
            Assert.DoesNotContain(secret, store.Location, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tables_go_where_they_are_told_to_and_stores_of_other_prefixes_share_nothing()
    {
        PostgresOriginalStore one = Open(), other = Open(o => o.TablePrefix = "other_");
        Assert.True(await one.PutAsync(KeyOf("original"), "original"));
        Assert.Equal(OriginalLookup.Unknown, await other.GetAsync(KeyOf("original")));
        Assert.True(await other.PutAsync(KeyOf("original"), "original"));
        Assert.Equal(10L, _stores.Server.Ask<long>($"SELECT count(*) FROM pg_tables WHERE schemaname = '{_stores.Schema}'"));

        PostgresOriginalStore bySearchPath = _stores.Open(o => o.Schema = null, _stores.Server.ConnectionString + ";Search Path=" + _stores.Schema);
        Assert.Equal("original", (await bySearchPath.GetAsync(KeyOf("original"))).Text);
        Assert.Equal($"127.0.0.1:{_stores.Server.Port}/postgres, tables {_stores.Schema}.headroom_*", one.Location);
    }

    [Fact]
    public async Task A_data_source_of_the_application_is_used_and_left_open()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(_stores.Server.ConnectionString);
        using (var store = new PostgresOriginalStore(source, new PostgresOriginalStoreOptions { Schema = _stores.Schema })) Assert.True(await store.PutAsync(KeyOf("original"), "original"));
        await using (var store = new PostgresOriginalStore(source, new PostgresOriginalStoreOptions { Schema = _stores.Schema })) Assert.Equal("original", (await store.GetAsync(KeyOf("original"))).Text);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
    }

    [Theory]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("x; drop table y")]
    [InlineData("\"")]
    [InlineData("1x")]
    [InlineData("an_identifier_that_is_longer_than_forty_characters")]
    public void Names_that_are_none_are_refused(string name) => Assert.Throws<ArgumentException>(() => Open(o => o.TablePrefix = name));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1L << 60, 30)]
    [InlineData(1L << 30, -1)]
    [InlineData(1L << 30, 4_000)]
    public void Settings_out_of_range_are_refused(long maxBytes, int retentionDays) =>
        Assert.Throws<ArgumentException>(() => Open(o => (o.MaxBytes, o.Retention) = (maxBytes, TimeSpan.FromDays(retentionDays))));
}
