using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

/// <summary>Keeps originals in one SQLite file: durable, compressed, encrypted where keys are given, shared by any number of processes on one machine.</summary>
/// <remarks>
/// <para>Thread-safe. Only its user may read the file. An original is stored once a scope, however often it is put. Not for network file systems: SQLite's
/// locks do not work there.</para>
/// <para>What was answered "stored" has been read back over another connection, and survives the end of the process and of the machine's power.</para>
/// </remarks>
public sealed partial class SqliteOriginalStore : IOriginalStore, IDisposable
{
    /// <summary>Pieces written in one transaction: up to 4 MB, so that others do not wait long for a huge original.</summary>
    private const int PiecesAtOnce = 8;

    /// <summary>A put that has written nothing for so long was cut short: the longest originals take minutes.</summary>
    private static readonly TimeSpan s_abandonedAfter = TimeSpan.FromHours(1);

    /// <summary>How exactly the time of the last use is known, as a share of the retention: every use would otherwise be a write.</summary>
    private const int UseResolution = 32;

    private readonly SqliteFile _file;
    private readonly OriginalEnvelope _envelope;
    private readonly SqliteOriginalStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly long _useSeconds;

    /// <summary>Opens a store, and makes its file where there is none.</summary>
    /// <param name="path">The file. Its folder is made where it is missing.</param>
    /// <param name="options">Settings; copied.</param>
    /// <param name="timeProvider">The clock; tells what has been idle. The default is the system's.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="InvalidOperationException">The file cannot be used: it is unwritable, damaged, something else, or of a newer version. The message says which, and what to do.</exception>
    public SqliteOriginalStore(string path, SqliteOriginalStoreOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = options?.Clone() ?? new SqliteOriginalStoreOptions();
        _options.Validate();
        _time = timeProvider ?? TimeProvider.System;
        _useSeconds = Math.Max(1, (long)_options.Retention.TotalSeconds / UseResolution);
        _envelope = new OriginalEnvelope(_options.Encryption);
        _file = new SqliteFile(path, OriginalTables.Schema, _options.ReadOnly);
    }

    /// <summary>The full path of the file.</summary>
    public string Path => _file.Path;

    internal SqliteFile File => _file;

    private enum Holding
    {
        Nothing,
        TheSame,
        Another,
        Damage,
    }

    /// <inheritdoc />
    public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EnvelopeName> names = _envelope.NamesOf(key);
        if (!OriginalId.IsWellFormed(key.Id)) return false;
        return await TryAsync(false, () => StoreAsync(names, original, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EnvelopeName> names = _envelope.NamesOf(key);
        if (!OriginalId.IsWellFormed(key.Id)) return OriginalLookup.Unknown;
        return await TryAsync(OriginalLookup.Unavailable, () => FetchAsync(names, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        // Where the store cannot be asked, putting again would not help either.
        return await TryAsync<IReadOnlyList<OriginalKey>>([], () => NoteUseAsync(keys, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the file. Calls under way may fail.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Runs work off the caller's thread, since SQLite knows no waiting without a thread, and turns failures into an answer.</summary>
    private async Task<T> TryAsync<T>(T failed, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            _options.OnFailure?.Invoke(e);
            return failed;
        }
    }

    private async Task<bool> StoreAsync(IReadOnlyList<EnvelopeName> names, string original, CancellationToken cancellationToken)
    {
        if (_options.ReadOnly) return false;
        List<long> outdated = [];
        foreach (EnvelopeName name in names)
        {
            (Holding holding, OriginalTables.Row? row) = Compare(name, original);
            if (holding == Holding.Nothing) continue;
            if (holding == Holding.Another) return false;
            bool isCurrent = holding == Holding.TheSame && ReferenceEquals(name, names[0]);
            // What was long idle may be dropped by another process at this moment, unless its use is noted first.
            if (isCurrent && (!IsDue(row!.Used) || await TouchAsync([row.Id], cancellationToken).ConfigureAwait(false))) return true;
            outdated.Add(row!.Id); // damaged, gone, or under an older key: written anew
        }

        return await WriteAsync(names[0], original, outdated, cancellationToken).ConfigureAwait(false)
            && Compare(names[0], original).Holding == Holding.TheSame;
    }

    private async Task<OriginalLookup> FetchAsync(IReadOnlyList<EnvelopeName> names, CancellationToken cancellationToken)
    {
        (OriginalLookup lookup, OriginalTables.Row? row) = Fetch(names);
        if (row is null || !IsDue(row.Used) || _options.ReadOnly) return lookup;
        try
        {
            await TouchAsync([row.Id], cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            _options.OnFailure?.Invoke(e); // what was found was found
        }

        return lookup;
    }

    private (OriginalLookup Lookup, OriginalTables.Row? Row) Fetch(IReadOnlyList<EnvelopeName> names)
    {
        using SqliteSession session = _file.Rent();
        return session.Read<(OriginalLookup, OriginalTables.Row?)>(s =>
        {
            foreach (EnvelopeName name in names)
            {
                if (OriginalTables.Find(s, name) is not { } row) continue;
                EnvelopeReading reading = _envelope.Read(name, OriginalTables.PiecesOf(s, row));
                return reading.Original is { } original ? (OriginalLookup.Found(original), row) : (OriginalLookup.Unavailable, null);
            }

            return (names.Any(n => OriginalTables.WasDropped(s, n)) ? OriginalLookup.Evicted : OriginalLookup.Unknown, null);
        });
    }

    private async Task<IReadOnlyList<OriginalKey>> NoteUseAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0 || _options.ReadOnly) return [];
        List<OriginalKey> missing = [];
        List<long> due = [];
        FindUse(keys, missing, due);
        // Where one of them has gone meanwhile, all are looked at again by being put.
        return due.Count == 0 || await TouchAsync(due, cancellationToken).ConfigureAwait(false) ? missing : keys;
    }

    private void FindUse(IReadOnlyList<OriginalKey> keys, List<OriginalKey> missing, List<long> due)
    {
        using SqliteSession session = _file.Rent();
        session.Read(s =>
        {
            foreach (OriginalKey key in keys.Distinct())
            {
                // One under an older key counts as missing, so that it is put again and moves to the newest.
                if (!OriginalId.IsWellFormed(key.Id) || OriginalTables.UseOf(s, _envelope.NamesOf(key)[0]) is not { } use) missing.Add(key);
                else if (IsDue(use.Used)) due.Add(use.Id);
            }

            return 0;
        });
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Whether the time of the last use is to be written. A clock that went back counts too, or what it had marked would never grow old.</summary>
    private bool IsDue(long used) => Math.Abs(Now - used) >= _useSeconds;
}
