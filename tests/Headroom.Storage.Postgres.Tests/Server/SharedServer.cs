namespace Headroom.Storage.Postgres.Server;

/// <summary>The server that tests share, each in a schema of its own. Started when first asked for.</summary>
internal static class SharedServer
{
    private static readonly Lazy<PostgresServer> s_server = new(() =>
    {
        PostgresServer server = PostgresServer.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private static int s_schemas;

    public static PostgresServer Instance => s_server.Value;

    /// <summary>Why there is no server; <see langword="null"/> where there is one.</summary>
    public static string? Problem
    {
        get
        {
            try
            {
                return Instance is null ? "" : null;
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
            {
                return e.Message;
            }
        }
    }

    /// <summary>A schema that no other test uses.</summary>
    public static string NewSchema() => "test_" + Interlocked.Increment(ref s_schemas);
}
