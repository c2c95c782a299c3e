namespace Headroom.Storage.Sqlite;

/// <summary>Store files of every schema version can be opened for ever.</summary>
public sealed class StoreFormatTests : IDisposable
{
    private const string Folder = "tests/Headroom.Storage.Sqlite.Tests/Formats";
    private const string Dropped = "dropped";

    private static readonly string[] s_clear =
    [
        "rows: 12\r\ndone\n", "half a pair: \uD83D", string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i % 10} line\n")),
    ];

    private static readonly OriginalEncryption s_key = new("sample", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static OriginalKey KeyOf(string original) => new("tenant", OriginalId.Compute(original));

    [Theory]
    [InlineData(1)]
    public async Task A_file_once_written_stays_readable_and_writable(int version)
    {
        string sample = RepositoryFiles.PathOf($"{Folder}/v{version}/originals.db");
        if (version == OriginalTables.Schema.Version && !File.Exists(sample) && Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") await WriteAsync(sample);
        File.Copy(sample, _folder.File());
        File.SetAttributes(_folder.File(), FileAttributes.Normal);
        foreach (bool readOnly in version == OriginalTables.Schema.Version ? new[] { true, false } : [false])
        {
            using var store = new SqliteOriginalStore(_folder.File(), new SqliteOriginalStoreOptions { Encryption = s_key, ReadOnly = readOnly });
            foreach (string original in s_clear) Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
            Assert.Equal("swordfish", (await store.GetAsync(KeyOf("swordfish"))).Text);
            Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(Dropped)));
            Assert.True((await store.VerifyAsync()).IsSound);
            Assert.Equal(!readOnly, await store.PutAsync(KeyOf("new"), "new"));
        }
    }

    private static async Task WriteAsync(string file)
    {
        using (var clear = new SqliteOriginalStore(file))
        {
            Assert.True(await clear.PutAsync(KeyOf(Dropped), Dropped));
            Assert.Equal(1, (await clear.PruneAsync(idleFor: TimeSpan.FromDays(-1))).Originals);
            foreach (string original in s_clear) Assert.True(await clear.PutAsync(KeyOf(original), original));
        }

        using var encrypted = new SqliteOriginalStore(file, new SqliteOriginalStoreOptions { Encryption = s_key });
        Assert.True(await encrypted.PutAsync(KeyOf("swordfish"), "swordfish"));
        await encrypted.PruneAsync();
    }
}
