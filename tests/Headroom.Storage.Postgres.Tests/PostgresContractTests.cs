using Headroom.Storage.Postgres.Server;

namespace Headroom.Storage.Postgres;

/// <summary>The contract over a real server. What another machine sees is another store, with connections of its own.</summary>
public class PostgresContractTests : OriginalStoreContract, IDisposable
{
    private readonly string _schema = SharedServer.NewSchema();
    private readonly List<PostgresOriginalStore> _opened = [];

    protected virtual OriginalEncryption? Encryption => null;

    protected override ValueTask<IOriginalStore> CreateAsync() => new(Open());

    protected override ValueTask<IOriginalStore?> ReopenAsync() => new(Open());

    public void Dispose()
    {
        _opened.ForEach(s => s.Dispose());
        GC.SuppressFinalize(this);
    }

    private PostgresOriginalStore Open()
    {
        var options = new PostgresOriginalStoreOptions { Schema = _schema, Encryption = Encryption, OnFailure = e => throw new InvalidDataException("The store failed.", e) };
        var store = new PostgresOriginalStore(SharedServer.Instance.ConnectionString, options);
        lock (_opened) _opened.Add(store);
        return store;
    }
}

/// <summary>The same, encrypted.</summary>
public sealed class EncryptedPostgresContractTests : PostgresContractTests
{
    protected override OriginalEncryption Encryption { get; } = new OriginalEncryption("new", new byte[32]).WithOlder("old", [.. Enumerable.Repeat((byte)1, 32)]);
}
