namespace Headroom.Storage.Postgres.Server;

/// <summary>Stores of one test, in a schema of the test's own.</summary>
internal sealed class OpenedStores(PostgresServer? server = null) : IDisposable
{
    private readonly List<PostgresOriginalStore> _opened = [];

    public PostgresServer Server { get; } = server ?? SharedServer.Instance;

    public string Schema { get; set; } = SharedServer.NewSchema();

    public string Originals => Schema + ".headroom_originals";

    /// <summary>What stores said was wrong.</summary>
    public List<Exception> Failures { get; } = [];

    public PostgresOriginalStore Open(Action<PostgresOriginalStoreOptions>? configure = null, string? connectionString = null)
    {
        var options = new PostgresOriginalStoreOptions { Schema = Schema, OnFailure = Fail };
        configure?.Invoke(options);
        var store = new PostgresOriginalStore(connectionString ?? Server.ConnectionString, options);
        lock (_opened) _opened.Add(store);
        return store;
    }

    /// <summary>Lets time pass for all originals: the store asks the server's clock, which a test cannot move.</summary>
    public void Pass(TimeSpan time) =>
        Server.Execute(FormattableString.Invariant($"UPDATE {Originals} SET used = used - make_interval(secs => {time.TotalSeconds})"));

    public void Dispose() => _opened.ForEach(s => s.Dispose());

    private void Fail(Exception e)
    {
        lock (Failures) Failures.Add(e);
    }
}
