using Headroom.StoreWorker;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

/// <summary>Whatever fails, at whatever statement: no original is wrong, nothing that was stored is lost, and the store works again afterwards.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static OriginalKey KeyOf(string original) => WorkerText.KeyOf(original);

    [Theory]
    [InlineData(10)] // an I/O error
    [InlineData(13)] // the disk is full
    [InlineData(5)] // another process does not let go
    [InlineData(11)] // damage
    public async Task A_failure_at_any_statement_is_an_answer(int code)
    {
        using var store = new SqliteOriginalStore(_folder.File());
        Assert.True(await store.PutAsync(KeyOf("before"), "before"));
        string original = WorkerText.Of(0);
        bool isStored = false;
        for (int statement = 0; !isStored; statement++)
        {
            int left = statement;
            store.File.BeforeStatement = _ =>
            {
                if (left-- == 0) throw new SqliteException("on purpose", code);
            };
            isStored = await store.PutAsync(KeyOf(original), original);
            Assert.False(isStored && left < 0, "a put that failed said it had stored");
            left = int.MaxValue;
            OriginalLookup found = await store.GetAsync(KeyOf(original));
            Assert.True(found.Text == original || (found.Text is null && !isStored));
            Assert.InRange(statement, 0, 200);

            left = statement;
            OriginalLookup before = await store.GetAsync(KeyOf("before"));
            Assert.True(before.Status == OriginalStatus.Unavailable || before.Text == "before");
            left = statement;
            await store.KeepAsync([KeyOf("before")]);

            store.File.BeforeStatement = null;
            Assert.Equal("before", (await store.GetAsync(KeyOf("before"))).Text);
            Assert.Equal(0, (await store.StatisticsAsync()).Unfinished);
            if (!isStored) await store.PruneAsync(idleFor: TimeSpan.FromDays(1));
        }

        Assert.True((await store.VerifyAsync()).IsSound);
    }

    [MountFact]
    public async Task A_full_disk_refuses_puts_and_still_answers()
    {
        using var mount = new Mount("1m");
        using (var store = new SqliteOriginalStore(Path.Combine(mount.Path, "originals.db")))
        {
            List<string> stored = [];
            bool isFull = false;
            for (int i = 0; i < 300; i++)
            {
                string original = WorkerText.Of(i);
                if (await store.PutAsync(KeyOf(original), original)) stored.Add(original);
                else isFull = true;
                if (i % 10 == 0) Assert.All(stored, s => Assert.Equal(s, store.GetAsync(KeyOf(s)).AsTask().Result.Text));
            }

            Assert.True(isFull);
            Assert.NotEmpty(stored);
            Assert.All(stored, s => Assert.Equal(s, store.GetAsync(KeyOf(s)).AsTask().Result.Text));
        }

        using var again = new SqliteOriginalStore(Path.Combine(mount.Path, "originals.db"), new SqliteOriginalStoreOptions { ReadOnly = true });
        Assert.True((await again.VerifyAsync()).IsSound);
    }

    [MountFact]
    public async Task A_full_disk_is_said_at_set_up()
    {
        using var mount = new Mount("8k");
        string file = Path.Combine(mount.Path, "originals.db");
        await File.WriteAllBytesAsync(Path.Combine(mount.Path, "filler"), new byte[8192]);
        Assert.Contains("full", Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(file)).Message, StringComparison.Ordinal);
    }

    [MountFact]
    public async Task A_disk_that_became_read_only_is_said_at_set_up_and_can_be_read()
    {
        using var mount = new Mount("4m");
        string file = Path.Combine(mount.Path, "originals.db");
        using (var store = new SqliteOriginalStore(file)) Assert.True(await store.PutAsync(KeyOf("original"), "original"));
        mount.MakeReadOnly();
        foreach (string name in new[] { "originals.db", "another.db" })
        {
            var e = Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(Path.Combine(mount.Path, name)));
            Assert.Contains("Name a file in a folder this user may write to", e.Message, StringComparison.Ordinal);
        }

        using var reader = new SqliteOriginalStore(file, new SqliteOriginalStoreOptions { ReadOnly = true });
        Assert.Equal("original", (await reader.GetAsync(KeyOf("original"))).Text);
        Assert.False(await reader.PutAsync(KeyOf("another"), "another"));
    }

    [MountFact]
    public async Task A_file_that_became_read_only_is_said_at_set_up_and_goes_on_being_read()
    {
        List<Exception> failures = [];
        using var store = new SqliteOriginalStore(_folder.File(), new SqliteOriginalStoreOptions { OnFailure = failures.Add });
        Assert.True(await store.PutAsync(KeyOf("original"), "original"));
        using (Mount.Protect(_folder.File()))
        {
            Assert.Contains("may only be read", Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(_folder.File())).Message, StringComparison.Ordinal);
            store.File.Clear(); // connections that were open before may still write
            Assert.False(await store.PutAsync(KeyOf("another"), "another"));
            Assert.Equal("original", (await store.GetAsync(KeyOf("original"))).Text);
            Assert.Equal(8, Assert.IsType<SqliteException>(Assert.Single(failures)).SqliteErrorCode);
            using var reader = new SqliteOriginalStore(_folder.File(), new SqliteOriginalStoreOptions { ReadOnly = true });
            Assert.Equal("original", (await reader.GetAsync(KeyOf("original"))).Text);
        }

        store.File.Clear();
        Assert.True(await store.PutAsync(KeyOf("another"), "another"));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_said_at_set_up()
    {
        File.WriteAllText(_folder.File("blocked"), "x");
        var e = Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(Path.Combine(_folder.File("blocked"), "originals.db")));
        Assert.Contains("Name a file in a folder this user may write to", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        using (var store = new SqliteOriginalStore(_folder.File())) await store.PutAsync(KeyOf("original"), "original");
        Change(_folder.File(), "PRAGMA user_version = 99");
        byte[] before = await File.ReadAllBytesAsync(_folder.File());
        foreach (bool readOnly in new[] { false, true })
        {
            var e = Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(_folder.File(), new SqliteOriginalStoreOptions { ReadOnly = readOnly }));
            Assert.Contains("newer version (99; this version knows up to 1)", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File()));
        Change(_folder.File(), "PRAGMA user_version = 1");
        using var again = new SqliteOriginalStore(_folder.File());
        Assert.Equal("original", (await again.GetAsync(KeyOf("original"))).Text);
    }

    [Fact]
    public async Task What_is_no_store_is_refused_and_left_as_it_is()
    {
        await File.WriteAllTextAsync(_folder.File("text.db"), string.Concat(Enumerable.Repeat("no database at all\n", 500)));
        Change(_folder.File("other.db"), "CREATE TABLE originals (x)");
        foreach (string name in new[] { "text.db", "other.db" })
        {
            byte[] before = await File.ReadAllBytesAsync(_folder.File(name));
            var e = Assert.Throws<InvalidOperationException>(() => new SqliteOriginalStore(_folder.File(name)));
            Assert.Contains("Name another file", e.Message, StringComparison.Ordinal);
            Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File(name)));
        }
    }

    [Fact]
    public async Task A_damaged_page_is_noticed_and_what_is_elsewhere_is_still_served()
    {
        string[] originals = [.. Enumerable.Range(1, 20).Select(Incompressible)];
        using (var store = new SqliteOriginalStore(_folder.File()))
        {
            foreach (string original in originals) Assert.True(await store.PutAsync(KeyOf(original), original));
            await store.PruneAsync();
        }

        byte[] intact = await File.ReadAllBytesAsync(_folder.File());
        int pages = intact.Length / 4096, harmed = 0, served = 0;
        for (int page = 1; page < pages; page++) // the first says what the file is
        {
            byte[] damaged = [.. intact];
            new Random(page).NextBytes(damaged.AsSpan(page * 4096, 4096));
            string file = _folder.File($"{page}.db");
            await File.WriteAllBytesAsync(file, damaged);
            using (var store = new SqliteOriginalStore(file))
            {
                int found = 0;
                foreach (string original in originals)
                {
                    OriginalLookup lookup = await store.GetAsync(KeyOf(original));
                    Assert.True(lookup.Text is null || lookup.Text == original);
                    found += lookup.Text is null ? 0 : 1;
                }

                SqliteStoreVerification verification = await store.VerifyAsync();
                if (found < originals.Length) harmed++;
                if (found < originals.Length) Assert.False(verification.IsSound, $"page {page} is damaged, and that was not noticed");
                served += found;
                await store.PutAsync(KeyOf("after"), "after"); // may be refused, and must not throw
                if ((await store.PruneOrNothingAsync()) && verification.FileProblems.Count == 0) Assert.True((await store.VerifyAsync()).IsSound);
            }

            File.Delete(file);
        }

        Assert.InRange(harmed, pages / 2, pages);
        Assert.InRange(served, originals.Length * (pages - 1) * 8 / 10, originals.Length * pages); // most pages hold one original, or a few
    }

    private static string Incompressible(int seed) =>
        string.Create(3_000, new Random(seed), static (text, random) => { foreach (ref char c in text) c = (char)random.Next(0x4E00, 0x9FA5); });

    private static void Change(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

internal static class PruneExtensions
{
    /// <summary>Drops what is damaged, where the file is sound enough for that.</summary>
    public static async Task<bool> PruneOrNothingAsync(this SqliteOriginalStore store)
    {
        try
        {
            await store.PruneAsync(damaged: true);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
