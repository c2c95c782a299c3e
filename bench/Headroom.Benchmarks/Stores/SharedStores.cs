using Headroom.Storage;
using Headroom.Storage.Postgres;
using Headroom.Storage.Postgres.Server;

namespace Headroom.Benchmarks.Stores;

/// <summary>PostgreSQL on this machine, over loopback, flushing what it commits as it does by default.</summary>
internal sealed class LocalPostgres : IStoreUnderTest
{
    /// <summary>Ends with this process.</summary>
    private static PostgresServer? s_server;

    public int Order => 2;

    public string Name => "PostgreSQL, loopback";

    public ValueTask<IOriginalStore?> OpenAsync(string folder)
    {
        try
        {
            s_server = PostgresServer.Start("fsync=on");
            return new(new PostgresOriginalStore(s_server.ConnectionString));
        }
        catch (InvalidOperationException)
        {
            return new((IOriginalStore?)null); // none is installed
        }
    }

    public async ValueTask<long> SizeAsync(IOriginalStore store, string folder) => (await ((PostgresOriginalStore)store).StatisticsAsync()).TableBytes;
}
