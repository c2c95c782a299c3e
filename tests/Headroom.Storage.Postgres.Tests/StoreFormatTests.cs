using Headroom.Storage.Postgres.Server;

namespace Headroom.Storage.Postgres;

/// <summary>Tables of every schema version can be used for ever.</summary>
public sealed class StoreFormatTests
{
    private const string Folder = "tests/Headroom.Storage.Postgres.Tests/Formats";
    private const string Dropped = "dropped";

    private static readonly string[] s_clear = ["rows: 12\r\ndone\n", "half a pair: \uD83D", string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i % 10} line\n"))];

    private static readonly OriginalEncryption s_key = new("sample", [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private static OriginalKey KeyOf(string original) => new("tenant", OriginalId.Compute(original));

    [Theory]
    [InlineData(1)]
    public async Task Tables_once_written_stay_readable_and_writable(int version)
    {
        string sample = RepositoryFiles.PathOf($"{Folder}/v{version}.sql");
        using var stores = new OpenedStores { Schema = $"sample_v{version}" };
        if (!File.Exists(sample) && Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") await WriteAsync(stores, sample);
        stores.Server.Execute(await File.ReadAllTextAsync(sample));
        PostgresOriginalStore store = stores.Open(o => o.Encryption = s_key);
        foreach (string original in s_clear) Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
        Assert.Equal("swordfish", (await store.GetAsync(KeyOf("swordfish"))).Text);
        Assert.Equal(OriginalLookup.Evicted, await store.GetAsync(KeyOf(Dropped)));
        Assert.True((await store.VerifyAsync()).IsSound);
        Assert.True(await store.PutAsync(KeyOf("new"), "new"));
        Assert.Equal((await store.StatisticsAsync()).UsedBytes, (await store.PruneAsync()).BytesBefore);
    }

    private static async Task WriteAsync(OpenedStores stores, string file)
    {
        PostgresOriginalStore clear = stores.Open();
        Assert.True(await clear.PutAsync(KeyOf(Dropped), Dropped));
        Assert.Equal(1, (await clear.PruneAsync(idleFor: TimeSpan.FromDays(-1))).Originals);
        foreach (string original in s_clear) Assert.True(await clear.PutAsync(KeyOf(original), original));
        Assert.True(await stores.Open(o => o.Encryption = s_key).PutAsync(KeyOf("swordfish"), "swordfish"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, stores.Server.Dump(stores.Schema));
        stores.Server.Execute($"DROP SCHEMA {stores.Schema} CASCADE");
    }
}
