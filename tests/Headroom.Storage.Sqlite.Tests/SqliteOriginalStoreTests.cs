using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

public sealed class SqliteOriginalStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly List<SqliteOriginalStore> _opened = [];

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        _folder.Dispose();
    }

    private SqliteOriginalStore Open(Action<SqliteOriginalStoreOptions>? configure = null, string name = "originals.db")
    {
        var options = new SqliteOriginalStoreOptions();
        configure?.Invoke(options);
        var store = new SqliteOriginalStore(_folder.File(name), options, _clock);
        _opened.Add(store);
        return store;
    }

    private void CloseAll()
    {
        _opened.ForEach(s => s.Dispose());
        _opened.Clear();
    }

    private static OriginalKey KeyOf(string original, string scope = "tenant") => new(scope, OriginalId.Compute(original));

    /// <summary>A text that stays some 30 KB when it is compressed.</summary>
    private static string Large(int seed) =>
        string.Create(15_000, new Random(seed), static (text, random) => { foreach (ref char c in text) c = (char)random.Next(0x4E00, 0x9FA5); });

    [Fact]
    public async Task Only_the_user_may_read_the_file_and_its_companions()
    {
        if (OperatingSystem.IsWindows()) return;
        using var store = new SqliteOriginalStore(System.IO.Path.Combine(_folder.Path, "new", "folder", "originals.db"));
        Assert.True(await store.PutAsync(KeyOf("secret"), "secret"));
        string[] files = Directory.GetFiles(System.IO.Path.GetDirectoryName(store.Path)!);
        Assert.Equal(["originals.db", "originals.db-shm", "originals.db-wal"], files.Select(System.IO.Path.GetFileName).Order());
        foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(System.IO.Path.GetDirectoryName(store.Path)!));
    }

    [Fact]
    public async Task An_original_is_stored_once_a_scope_and_small()
    {
        SqliteOriginalStore store = Open();
        string log = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"2026-03-04T09:00:{i % 60:00}Z INFO api GET /health/{i} 200\n"));
        for (int i = 0; i < 3; i++) Assert.True(await store.PutAsync(KeyOf(log), log));
        SqliteStoreStatistics once = await store.StatisticsAsync();
        Assert.Equal((1, log.Length, 0L), (once.Originals, once.Characters, once.Unfinished));
        Assert.InRange(once.Bytes, 1_000, log.Length / 4);
        Assert.True(await store.PutAsync(KeyOf(log, "another"), log));
        Assert.Equal(2, (await store.StatisticsAsync()).Originals);
    }

    [Fact]
    public async Task What_is_idle_longest_is_dropped_first_and_that_is_remembered()
    {
        SqliteOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (1024 * 1024, TimeSpan.FromDays(1)));
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await store.PutAsync(KeyOf(Large(i)), Large(i)));
            _clock.Now += TimeSpan.FromHours(1);
        }

        _clock.Now += TimeSpan.FromDays(3);
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(0)))).Status);
        Assert.Empty(await store.KeepAsync([KeyOf(Large(1))]));
        Assert.True(await store.PutAsync(KeyOf(Large(2)), Large(2)));
        for (int i = 20; i < 40; i++) Assert.True(await store.PutAsync(KeyOf(Large(i)), Large(i)));

        for (int i = 0; i < 3; i++) Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(i)))).Status);
        for (int i = 20; i < 40; i++) Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(i)))).Status);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(Large(3))));
        Assert.Equal([KeyOf(Large(3))], await store.KeepAsync([KeyOf(Large(0)), KeyOf(Large(3))]));
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyOf(Large(99))));
        Assert.InRange((await store.StatisticsAsync()).UsedBytes, 500_000, 1024 * 1024);
        Assert.True(await store.PutAsync(KeyOf(Large(3)), Large(3))); // and may come back
        Assert.Equal(OriginalStatus.Found, (await store.GetAsync(KeyOf(Large(3)))).Status);
    }

    [Fact]
    public async Task What_was_used_within_the_retention_is_never_dropped()
    {
        SqliteOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (1024 * 1024, TimeSpan.FromDays(1)));
        int stored = 0;
        while (await store.PutAsync(KeyOf(Large(stored)), Large(stored))) stored++;
        Assert.InRange(stored, 15, 40);
        _clock.Now += TimeSpan.FromHours(12);
        Assert.False(await store.PutAsync(KeyOf(Large(99)), Large(99)));
        Assert.False(await store.PutAsync(KeyOf(new string('x', 100) + Large(98) + Large(97)), new string('x', 100) + Large(98) + Large(97)));
        for (int i = 0; i < stored; i++) Assert.Equal(Large(i), (await store.GetAsync(KeyOf(Large(i)))).Text);
        Assert.Equal(0, (await store.StatisticsAsync()).Unfinished);

        _clock.Now += TimeSpan.FromHours(23); // used 23 hours ago, as exactly as that is known
        Assert.False(await store.PutAsync(KeyOf(Large(99)), Large(99)));
        _clock.Now += TimeSpan.FromHours(2);
        Assert.True(await store.PutAsync(KeyOf(Large(99)), Large(99)));
    }

    [Fact]
    public async Task An_original_too_large_for_the_store_leaves_the_others_alone()
    {
        SqliteOriginalStore store = Open(o => (o.MaxBytes, o.Retention) = (2 * 1024 * 1024, TimeSpan.Zero));
        Assert.True(await store.PutAsync(KeyOf("small"), "small"));
        string giant = string.Concat(Enumerable.Range(0, 200).Select(Large)); // 6 MB, in several transactions
        Assert.False(await store.PutAsync(KeyOf(giant), giant));
        Assert.Equal("small", (await store.GetAsync(KeyOf("small"))).Text);
        SqliteStoreStatistics left = await store.StatisticsAsync();
        Assert.Equal((1L, 0L), (left.Originals, left.Unfinished));
    }

    [Fact]
    public async Task Keys_may_be_rotated()
    {
        byte[] oldKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], newKey = [.. Enumerable.Range(50, 32).Select(i => (byte)i)];
        Assert.True(await Open().PutAsync(KeyOf("clear"), "clear"));
        Assert.True(await Open(o => o.Encryption = new("old", oldKey)).PutAsync(KeyOf("original"), "original"));

        SqliteOriginalStore both = Open(o => o.Encryption = new OriginalEncryption("new", newKey).WithOlder("old", oldKey));
        Assert.Equal("clear", (await both.GetAsync(KeyOf("clear"))).Text);
        Assert.Equal("original", (await both.GetAsync(KeyOf("original"))).Text);
        Assert.Equal([KeyOf("original"), KeyOf("clear")], await both.KeepAsync([KeyOf("original"), KeyOf("clear")]));
        Assert.True(await both.PutAsync(KeyOf("original"), "original"));
        Assert.True(await both.PutAsync(KeyOf("clear"), "clear"));

        SqliteOriginalStore onlyNew = Open(o => o.Encryption = new("new", newKey));
        Assert.Equal("original", (await onlyNew.GetAsync(KeyOf("original"))).Text);
        Assert.Equal("clear", (await onlyNew.GetAsync(KeyOf("clear"))).Text);
        Assert.Equal(OriginalLookup.Unknown, await Open().GetAsync(KeyOf("original")));
        Assert.Equal(2, (await both.StatisticsAsync()).Originals); // moved, not doubled
        Assert.True((await onlyNew.VerifyAsync()).IsSound);
        Assert.Equal([EnvelopeState.UnknownKey, EnvelopeState.UnknownKey], (await Open().VerifyAsync()).Problems.Select(p => p.State));
    }

    [Fact]
    public async Task Neither_an_encrypted_text_nor_a_dropped_one_is_in_the_file()
    {
        string secret = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i} the password is swordfish\n"));
        SqliteOriginalStore encrypted = Open(o => o.Encryption = new("key-1", new byte[32]));
        Assert.True(await encrypted.PutAsync(KeyOf(secret), secret));
        SqliteOriginalStore clear = Open(name: "clear.db");
        Assert.True(await clear.PutAsync(KeyOf("short swordfish"), "short swordfish"));
        Assert.Equal(1, (await clear.PruneAsync(idleFor: TimeSpan.FromDays(-1))).Originals);
        CloseAll();

        foreach (string file in Directory.GetFiles(_folder.Path))
        {
            string content = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (string word in new[] { "swordfish", "tenant", KeyOf(secret).Id, KeyOf("short swordfish").Id }) Assert.DoesNotContain(word, content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_was_removed_is_made_again()
    {
        SqliteOriginalStore store = Open();
        Assert.True(await store.PutAsync(KeyOf("before"), "before"));
        foreach (string file in Directory.GetFiles(_folder.Path)) File.Delete(file);
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyOf("before")));
        Assert.True(await store.PutAsync(KeyOf("after"), "after"));
        Assert.Equal("after", (await Open().GetAsync(KeyOf("after"))).Text);
    }

    [Fact]
    public async Task A_file_that_was_replaced_is_noticed()
    {
        SqliteOriginalStore store = Open();
        Assert.True(await store.PutAsync(KeyOf("before"), "before"));
        foreach (string file in Directory.GetFiles(_folder.Path)) File.Delete(file);
        SqliteOriginalStore other = Open(); // another process makes it again
        Assert.True(await other.PutAsync(KeyOf("other"), "other"));
        Assert.Equal("other", (await store.GetAsync(KeyOf("other"))).Text);
        Assert.True(await store.PutAsync(KeyOf("before"), "before"));
        Assert.Equal("before", (await other.GetAsync(KeyOf("before"))).Text);
    }

    [Fact]
    public async Task A_store_opened_for_reading_changes_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => Open(o => o.ReadOnly = true));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.True(await Open().PutAsync(KeyOf("original"), "original"));
        SqliteOriginalStore store = Open(o => o.ReadOnly = true);
        _clock.Now += TimeSpan.FromDays(20);
        Assert.Equal("original", (await store.GetAsync(KeyOf("original"))).Text);
        Assert.False(await store.PutAsync(KeyOf("original"), "original"));
        Assert.False(await store.PutAsync(KeyOf("another"), "another"));
        Assert.Empty(await store.KeepAsync([KeyOf("original"), KeyOf("another")]));
        Assert.Equal(_clock.Now - TimeSpan.FromDays(20), (await store.StatisticsAsync()).NewestUse);
    }

    [Fact]
    public async Task Pruning_drops_what_is_idle_and_gives_room_back()
    {
        SqliteOriginalStore store = Open();
        for (int i = 0; i < 100; i++)
        {
            Assert.True(await store.PutAsync(KeyOf(Large(i)), Large(i)));
            _clock.Now += TimeSpan.FromHours(1);
        }

        SqliteStorePruning nothing = await store.PruneAsync();
        Assert.Equal((0L, 0L), (nothing.Originals, nothing.Unfinished));
        SqliteStorePruning some = await store.PruneAsync(idleFor: TimeSpan.FromHours(50));
        Assert.InRange(some.Originals, 49, 51);
        Assert.InRange(some.BytesAfter, 1, some.BytesBefore * 6 / 10);
        SqliteStorePruning more = await store.PruneAsync(downToBytes: 500_000);
        Assert.InRange((await store.StatisticsAsync()).UsedBytes, 300_000, 500_000);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(Large(0))));
        Assert.Equal(Large(99), (await store.GetAsync(KeyOf(Large(99)))).Text);
        Assert.Equal(100, (await store.StatisticsAsync()).Originals + some.Originals + more.Originals);
    }

    [Fact]
    public async Task All_of_it_can_be_read()
    {
        SqliteOriginalStore store = Open();
        string[] originals = [.. Enumerable.Range(0, 600).Select(i => $"original {i}")];
        foreach (string original in originals) Assert.True(await store.PutAsync(KeyOf(original), original));
        List<string?> read = [];
        await foreach (SqliteStoreEntry entry in store.ReadAllAsync()) read.Add(entry.Original);
        Assert.Equal(originals.Order(), read.Order());
    }

    [Fact]
    public async Task Failures_say_why_and_nothing_of_what_was_stored()
    {
        List<Exception> failures = [];
        SqliteOriginalStore store = Open(o => o.OnFailure = failures.Add);
        store.File.BeforeStatement = sql => throw new SqliteException("disk I/O error", 10);
        Assert.False(await store.PutAsync(KeyOf("swordfish", "secret tenant"), "swordfish"));
        Assert.Equal(OriginalLookup.Unavailable, await store.GetAsync(KeyOf("swordfish", "secret tenant")));
        Assert.Empty(await store.KeepAsync([KeyOf("swordfish", "secret tenant")]));
        Assert.Equal(3, failures.Count);
        Assert.All(failures, f => Assert.DoesNotContain("swordfish", f.ToString(), StringComparison.Ordinal));
        Assert.All(failures, f => Assert.DoesNotContain("secret tenant", f.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1L << 60, 30)]
    [InlineData(1L << 30, -1)]
    [InlineData(1L << 30, 4_000)]
    public void Settings_out_of_range_are_refused(long maxBytes, int retentionDays) =>
        Assert.Throws<ArgumentException>(() => Open(o => (o.MaxBytes, o.Retention) = (maxBytes, TimeSpan.FromDays(retentionDays))));

    [Fact]
    public async Task A_gibibyte_takes_the_memory_of_a_few_pieces()
    {
        if (Environment.GetEnvironmentVariable("HEADROOM_LONG") != "1") return;
        string text = string.Create(512 * 1024 * 1024, 0, static (span, _) => { for (int i = 0; i < span.Length; i++) span[i] = (char)('a' + i * 31L % 23 + (i >> 12) % 3); });
        using var store = new SqliteOriginalStore(_folder.File());
        GC.Collect();
        long before = Environment.WorkingSet, most = before;
        using (new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 0, 50)) Assert.True(await store.PutAsync(KeyOf(text), text));
        Assert.InRange(most - before, 0, 100_000_000);
        string? found = (await store.GetAsync(KeyOf(text))).Text;
        Assert.True(found.AsSpan().SequenceEqual(text));
    }
}
