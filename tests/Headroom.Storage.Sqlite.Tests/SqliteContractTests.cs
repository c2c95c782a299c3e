namespace Headroom.Storage.Sqlite;

/// <summary>The contract over a SQLite file. What another process sees is another store on the same file.</summary>
public class SqliteContractTests : OriginalStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<SqliteOriginalStore> _opened = [];

    protected virtual OriginalEncryption? Encryption => null;

    protected override ValueTask<IOriginalStore> CreateAsync() => new(Open());

    protected override ValueTask<IOriginalStore?> ReopenAsync() => new(Open());

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private SqliteOriginalStore Open()
    {
        var options = new SqliteOriginalStoreOptions { Encryption = Encryption, OnFailure = e => throw new InvalidDataException("The store failed.", e) };
        var store = new SqliteOriginalStore(_folder.File(), options, Clock);
        lock (_opened) _opened.Add(store);
        return store;
    }
}

/// <summary>The same, encrypted.</summary>
public sealed class EncryptedSqliteContractTests : SqliteContractTests
{
    protected override OriginalEncryption Encryption { get; } = new OriginalEncryption("new", new byte[32]).WithOlder("old", [.. Enumerable.Repeat((byte)1, 32)]);
}
