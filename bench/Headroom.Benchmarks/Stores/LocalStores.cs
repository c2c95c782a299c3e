using Headroom.Storage;
using Headroom.Storage.Sqlite;

namespace Headroom.Benchmarks.Stores;

/// <summary>One plain file an original.</summary>
internal sealed class PlainFiles : IStoreUnderTest
{
    public int Order => 0;

    public string Name => "a plain file each";

    public ValueTask<IOriginalStore?> OpenAsync(string folder) => new(new FileOriginalStore(folder));

    /// <summary>Files take whole blocks.</summary>
    public ValueTask<long> SizeAsync(IOriginalStore store, string folder) =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => (new FileInfo(f).Length + 4095) / 4096 * 4096));
}

/// <summary>SQLite, in the clear.</summary>
internal class SqliteFile : IStoreUnderTest
{
    public int Order => 1;

    public virtual string Name => "SQLite";

    protected virtual OriginalEncryption? Encryption => null;

    public ValueTask<IOriginalStore?> OpenAsync(string folder) =>
        new(new SqliteOriginalStore(Path.Combine(folder, "originals.db"), new SqliteOriginalStoreOptions { Encryption = Encryption }));

    public async ValueTask<long> SizeAsync(IOriginalStore store, string folder)
    {
        var sqlite = (SqliteOriginalStore)store;
        await sqlite.PruneAsync(); // moves what is in the log to the file
        return (await sqlite.StatisticsAsync()).UsedBytes;
    }
}

/// <summary>SQLite, encrypted.</summary>
internal sealed class EncryptedSqliteFile : SqliteFile
{
    public override string Name => "SQLite, encrypted";

    protected override OriginalEncryption Encryption { get; } = new("bench", new byte[32]);
}
