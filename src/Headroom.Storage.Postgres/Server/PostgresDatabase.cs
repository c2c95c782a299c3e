using System.Net.Sockets;
using Npgsql;

namespace Headroom.Storage.Postgres.Server;

/// <summary>A database that holds a store: connected to when needed, its tables brought up to date once, short outages waited for.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PostgresDatabase : IDisposable, IAsyncDisposable
{
    /// <summary>Milliseconds waited before a statement is tried again: about a second in all, what a lost connection or the restart of a small server takes. Longer outages are answered as such.</summary>
    private static readonly int[] s_pauses = [50, 200, 750];

    private readonly NpgsqlDataSource _source;
    private readonly PostgresSchema _schema;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private readonly bool _isOwner;
    private readonly bool _readOnly;
    private volatile bool _isPrepared;
    private volatile bool _isDown;

    public PostgresDatabase(NpgsqlDataSource source, bool isOwner, PostgresSchema schema, bool readOnly)
    {
        _source = source;
        _isOwner = isOwner;
        _schema = schema;
        _readOnly = readOnly;
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        Location = $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}, tables {schema.Tables}";
    }

    /// <summary>Server, database and tables, without user and password.</summary>
    public string Location { get; }

    /// <summary>Called before every statement; for tests that fail there.</summary>
    public Action<string>? BeforeStatement { get; set; }

    /// <summary>Milliseconds before each further attempt; tests may be in a hurry.</summary>
    public IReadOnlyList<int> Pauses { get; set; } = s_pauses;

    /// <summary>A data source of our own. Of several hosts, one that can be written to is looked for, unless the text says otherwise.</summary>
    public static NpgsqlDataSource CreateSource(string connectionString, bool readOnly)
    {
        NpgsqlConnectionStringBuilder settings = ConnectionText.Parse(connectionString);
        settings.ApplicationName ??= "headroom";
        if (settings.Host!.Contains(',', StringComparison.Ordinal) && !readOnly) settings.TargetSessionAttributes ??= "read-write";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Runs statements that may be run again: where the connection is lost, nobody can tell whether the last one had its effect.</summary>
    public async Task<T> RunAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await PrepareAsync(cancellationToken).ConfigureAwait(false);
                T result = await ConnectAsync(work, cancellationToken).ConfigureAwait(false);
                _isDown = false;
                return result;
            }
            catch (Exception e) when (ConnectionFailure.MayPass(e))
            {
                if (ConnectionFailure.TablesChanged(e)) _isPrepared = false;
                if (ConnectionFailure.LostPrimary(e)) _source.Clear();
                // In an outage every call would wait for nothing: only the first ones do, until one succeeds again.
                if (_isDown || attempt == Pauses.Count)
                {
                    _isDown = ConnectionFailure.IsOutage(e);
                    throw;
                }

                await Task.Delay(Pauses[attempt], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes the tables, or brings them up to date, unless that was done.</summary>
    /// <exception cref="InvalidOperationException">They cannot be used; the message says why, and what to do.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPrepared) return;
        await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isPrepared) return;
            await ConnectAsync(session => _schema.PrepareAsync(session, _readOnly), cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
        }
        finally
        {
            _preparing.Release();
        }
    }

    public void Dispose()
    {
        if (_isOwner) _source.Dispose();
        _preparing.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOwner) await _source.DisposeAsync().ConfigureAwait(false);
        _preparing.Dispose();
    }

    private async Task<T> ConnectAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await work(new PostgresSession(connection, BeforeStatement, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Opens a connection. Npgsql does not look at the token while the server is to say who it is, which takes for ever where it says nothing.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Task<NpgsqlConnection> opening = _source.OpenConnectionAsync(cancellationToken).AsTask();
        try
        {
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = CloseAsync(opening);
            throw;
        }
    }

    private static async Task CloseAsync(Task<NpgsqlConnection> opening)
    {
        try
        {
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody waits for it any more.
        }
    }
}
