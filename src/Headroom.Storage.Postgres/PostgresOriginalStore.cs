using System.Net.Sockets;
using Headroom.Storage.Postgres.Server;
using Npgsql;

namespace Headroom.Storage.Postgres;

/// <summary>Keeps originals in PostgreSQL: durable, compressed, encrypted where keys are given, shared by any number of machines.</summary>
/// <remarks>
/// <para>Thread-safe. An original is stored once a scope, however often and by how many instances it is put. Tables are made, and brought up to date, when the
/// store is first used; <see cref="PrepareAsync"/> does that at a time of the application's choice.</para>
/// <para>What was answered "stored" was committed and then read back. It survives the end of the process, and whatever the server's own settings promise. A lost
/// connection is tried again for about a second; then a put answers "not stored", and a get "unavailable".</para>
/// </remarks>
public sealed partial class PostgresOriginalStore : IOriginalStore, IDisposable, IAsyncDisposable
{
    /// <summary>Pieces sent in one statement: up to 4 MB, so that memory and statements stay small for a huge original.</summary>
    private const int PiecesAtOnce = 8;

    /// <summary>A put that has written nothing for so long was cut short: the longest originals take minutes.</summary>
    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromHours(1);

    /// <summary>How exactly the time of the last use is known, as a share of the retention: every use would otherwise be a write.</summary>
    private const int UseResolution = 32;

    private readonly PostgresDatabase _database;
    private readonly OriginalTables _tables;
    private readonly MaintenanceTables _maintenance;
    private readonly OriginalEnvelope _envelope;
    private readonly PostgresOriginalStoreOptions _options;
    private readonly double _useSeconds;

    /// <summary>Creates a store over a pool of connections of its own. Nothing is connected to yet.</summary>
    /// <param name="connectionString">
    /// The database: a connection string of Npgsql's, or an address <c>postgres://user:password@host/database</c>. Certificates, time-outs and pool sizes are its
    /// business. Of several hosts, the one that can be written to is used.
    /// </param>
    /// <param name="options">Settings; copied.</param>
    /// <exception cref="ArgumentException">The connection string is none, or a setting is out of range.</exception>
    public PostgresOriginalStore(string connectionString, PostgresOriginalStoreOptions? options = null)
        : this(Checked(options), copy => PostgresDatabase.CreateSource(connectionString, copy.ReadOnly), isOwner: true)
    {
    }

    /// <summary>Creates a store over a data source of the application's, which disposes of it. Nothing is connected to yet.</summary>
    /// <param name="dataSource">Leads to the server that can be written to.</param>
    /// <param name="options">Settings; copied.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public PostgresOriginalStore(NpgsqlDataSource dataSource, PostgresOriginalStoreOptions? options = null)
        : this(Checked(options), _ => dataSource ?? throw new ArgumentNullException(nameof(dataSource)), isOwner: false)
    {
    }

    private PostgresOriginalStore(PostgresOriginalStoreOptions options, Func<PostgresOriginalStoreOptions, NpgsqlDataSource> source, bool isOwner)
    {
        var names = new TableNames(options.Schema, options.TablePrefix);
        _options = options;
        _useSeconds = Math.Max(1, options.Retention.TotalSeconds / UseResolution);
        _envelope = new OriginalEnvelope(options.Encryption);
        _tables = new OriginalTables(names);
        _maintenance = new MaintenanceTables(names);
        _database = new PostgresDatabase(source(options), isOwner, _tables.Schema, options.ReadOnly);
    }

    /// <summary>Server, database and tables, without user and password.</summary>
    public string Location => _database.Location;

    internal PostgresDatabase Database => _database;

    private enum Holding
    {
        TheSame,
        Another,
        Damage,
    }

    /// <summary>An entry that is stored.</summary>
    /// <param name="Name">The number of its name among those asked for.</param>
    /// <param name="Id">Its id in the table.</param>
    /// <param name="IsDue">Whether its use is to be noted.</param>
    /// <param name="Holding">What it holds.</param>
    private readonly record struct Held(int Name, long Id, bool IsDue, Holding Holding);

    /// <summary>Connects, and makes the tables or brings them up to date. Happens by itself at the first use; call it at start-up to hear there what is wrong.</summary>
    /// <exception cref="InvalidOperationException">The tables cannot be used: they are of a newer version, or the role may not make them. The message says which, and what to do.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses the connection.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken = default) => _database.PrepareAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EnvelopeName> names = _envelope.NamesOf(key);
        if (!OriginalId.IsWellFormed(key.Id) || _options.ReadOnly) return false;
        return await TryAsync(false, () => StoreAsync(names, original, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EnvelopeName> names = _envelope.NamesOf(key);
        if (!OriginalId.IsWellFormed(key.Id)) return OriginalLookup.Unknown;
        return await TryAsync(OriginalLookup.Unavailable, () => FetchAsync(names, cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        if (keys.Count == 0 || _options.ReadOnly) return [];
        // Where the store cannot be asked, putting again would not help either.
        return await TryAsync<IReadOnlyList<OriginalKey>>([], () => NoteUseAsync(keys, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Closes the connections of a pool of its own. Calls under way may fail.</summary>
    public void Dispose() => _database.Dispose();

    /// <inheritdoc cref="Dispose" />
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Turns failures into an answer.</summary>
    private async Task<T> TryAsync<T>(T failed, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (IsFailure(e))
        {
            _options.OnFailure?.Invoke(e);
            return failed;
        }
    }

    /// <summary>What Npgsql throws when something is wrong outside; casts fail on tables that are not ours.</summary>
    private static bool IsFailure(Exception e) => e is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException or InvalidCastException;

    private async Task<bool> StoreAsync(IReadOnlyList<EnvelopeName> names, string original, CancellationToken cancellationToken)
    {
        List<Held> held = await CompareAsync(names, original, cancellationToken).ConfigureAwait(false);
        if (held.Any(h => h.Holding == Holding.Another)) return false;
        Held? current = held.Count > 0 && held[0].Name == 0 ? held[0] : null;
        if (current is { Holding: Holding.TheSame } same)
        {
            // What was long idle may be dropped by another instance at this moment, unless its use is noted first.
            if (!same.IsDue || await TouchAsync([same.Id], cancellationToken).ConfigureAwait(false)) return true;
        }
        else if (current is { } damaged)
        {
            await DropAsync([damaged.Id], cancellationToken).ConfigureAwait(false); // the name must be free
        }

        if (!await WriteAsync(names[0], original, cancellationToken).ConfigureAwait(false)) return false;
        if (await CompareAsync([names[0]], original, cancellationToken).ConfigureAwait(false) is not [{ Holding: Holding.TheSame }]) return false;
        long[] older = [.. held.Where(h => h.Name > 0).Select(h => h.Id)];
        if (older.Length > 0) await DropAsync(older, cancellationToken).ConfigureAwait(false); // it moved to the newest key
        return true;
    }

    private async Task<OriginalLookup> FetchAsync(IReadOnlyList<EnvelopeName> names, CancellationToken cancellationToken)
    {
        if (await ReadFirstAsync(names, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            bool wasDropped = await _database.RunAsync(s => s.ScalarAsync<bool>(_tables.WasDropped, (object)Bytes(names)), cancellationToken).ConfigureAwait(false);
            return wasDropped ? OriginalLookup.Evicted : OriginalLookup.Unknown;
        }

        if (found.Reading.Original is not { } original) return OriginalLookup.Unavailable;
        if (!found.IsDue || _options.ReadOnly) return OriginalLookup.Found(original);
        try
        {
            await TouchAsync([found.Id], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFailure(e))
        {
            _options.OnFailure?.Invoke(e); // what was found was found
        }

        return OriginalLookup.Found(original);
    }

    private async Task<IReadOnlyList<OriginalKey>> NoteUseAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken)
    {
        // One under an older key counts as missing, so that it is put again and moves to the newest.
        Dictionary<string, OriginalKey> missing = [];
        List<OriginalKey> never = [];
        foreach (OriginalKey key in keys.Distinct())
        {
            if (OriginalId.IsWellFormed(key.Id)) missing[_envelope.NamesOf(key)[0].ToString()] = key;
            else never.Add(key);
        }

        List<long> due = [];
        object[] arguments = [missing.Keys.Select(Convert.FromHexString).ToArray(), _useSeconds];
        List<(byte[] Name, long Id, bool IsDue)> stored = await _database.RunAsync(session => session.QueryAsync(_tables.FindUse, arguments, async rows =>
        {
            List<(byte[], long, bool)> read = [];
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) read.Add((rows.GetFieldValue<byte[]>(0), rows.GetInt64(1), rows.GetBoolean(2)));
            return read;
        }), cancellationToken).ConfigureAwait(false);
        foreach ((byte[] name, long id, bool isDue) in stored)
        {
            missing.Remove(Convert.ToHexStringLower(name));
            if (isDue) due.Add(id);
        }

        // Where one of them has gone meanwhile, all are looked at again by being put.
        return due.Count == 0 || await TouchAsync(due, cancellationToken).ConfigureAwait(false) ? [.. missing.Values, .. never] : keys;
    }

    /// <summary>Notes that originals were used. <see langword="false"/> where one is gone.</summary>
    private async Task<bool> TouchAsync(List<long> ids, CancellationToken cancellationToken) =>
        await _database.RunAsync(s => s.ExecuteAsync(_tables.Touch, ids), cancellationToken).ConfigureAwait(false) == ids.Count;

    private static byte[][] Bytes(IReadOnlyList<EnvelopeName> names) => [.. names.Select(n => n.Bytes.ToArray())];

    private static PostgresOriginalStoreOptions Checked(PostgresOriginalStoreOptions? options)
    {
        PostgresOriginalStoreOptions copy = options?.Clone() ?? new PostgresOriginalStoreOptions();
        copy.Validate();
        return copy;
    }
}
