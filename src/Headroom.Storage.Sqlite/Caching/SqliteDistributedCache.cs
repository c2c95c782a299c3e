using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Caching.Distributed;

namespace Headroom.Storage.Sqlite.Caching;

/// <summary>A distributed cache in one SQLite file: for all processes of one machine, and for what must outlive them. A second level for <c>HybridCache</c>.</summary>
/// <remarks>Thread-safe. Only its user may read the file. Values are kept as they are handed over, in the clear.</remarks>
public sealed class SqliteDistributedCache : IDistributedCache, IDisposable
{
    /// <summary>How exactly it is known when an entry was last read: every read would otherwise be a write.</summary>
    private static readonly TimeSpan s_useResolution = TimeSpan.FromHours(1);

    /// <summary>How often expired entries are looked for.</summary>
    private static readonly TimeSpan s_cleaningInterval = TimeSpan.FromMinutes(10);

    private readonly SqliteFile _file;
    private readonly long _maxBytes;
    private readonly TimeProvider _time;
    private long _nextCleaning;

    /// <summary>Opens a cache, and makes its file where there is none.</summary>
    /// <param name="path">The file. Its folder is made where it is missing.</param>
    /// <param name="options">Settings; copied.</param>
    /// <param name="timeProvider">The clock. The default is the system's.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="InvalidOperationException">The file cannot be used; the message says why, and what to do.</exception>
    public SqliteDistributedCache(string path, SqliteDistributedCacheOptions? options = null, TimeProvider? timeProvider = null)
    {
        SqliteDistributedCacheOptions copy = options?.Clone() ?? new SqliteDistributedCacheOptions();
        copy.Validate();
        _maxBytes = copy.MaxBytes;
        _time = timeProvider ?? TimeProvider.System;
        _file = new SqliteFile(path, CacheTable.Schema, readOnly: false);
    }

    /// <inheritdoc />
    public byte[]? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using SqliteSession session = _file.Rent();
        (byte[]? value, CacheTable.Row? row) = session.Read<(byte[]?, CacheTable.Row?)>(s =>
            CacheTable.Find(s, key) is { } found && !IsExpired(found) ? (CacheTable.ValueOf(s, found.Id), found) : (null, null));
        if (row is not null) NoteUse(row);
        return value;
    }

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.Run(() => Get(key), token);

    /// <inheritdoc />
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        long now = Now;
        long? latest = (options.AbsoluteExpirationRelativeToNow is { } relative ? _time.GetUtcNow() + relative : options.AbsoluteExpiration)?.ToUnixTimeMilliseconds();
        if (latest <= now) throw new ArgumentOutOfRangeException(nameof(options), "The expiration lies in the past.");
        long? sliding = options.SlidingExpiration is { } slide ? (long)slide.TotalMilliseconds : null;
        long? expires = sliding is null ? latest : Math.Min(now + sliding.Value, latest ?? long.MaxValue);
        _file.Write(session =>
        {
            if (now >= Interlocked.Read(ref _nextCleaning))
            {
                Interlocked.Exchange(ref _nextCleaning, now + (long)s_cleaningInterval.TotalMilliseconds);
                CacheTable.RemoveExpired(session, now);
            }

            if (!CacheTable.MakeRoom(session, _maxBytes - value.Length)) return false;
            CacheTable.Put(session, key, value, now, expires, sliding, latest);
            return true;
        });
    }

    /// <inheritdoc />
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => Task.Run(() => Set(key, value, options), token);

    /// <inheritdoc />
    public void Refresh(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        using SqliteSession session = _file.Rent();
        if (CacheTable.Find(session, key) is { } row && !IsExpired(row)) NoteUse(row);
    }

    /// <inheritdoc />
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.Run(() => Refresh(key), token);

    /// <inheritdoc />
    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _file.Write(session =>
        {
            CacheTable.Remove(session, key);
            return true;
        });
    }

    /// <inheritdoc />
    public Task RemoveAsync(string key, CancellationToken token = default) => Task.Run(() => Remove(key), token);

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsExpired(CacheTable.Row row) => row.Expires <= Now;

    /// <summary>Pushes a sliding expiry back, and remembers the use; neither is written at every read.</summary>
    private void NoteUse(CacheTable.Row row)
    {
        long now = Now;
        // A tenth of the time left unclaimed is a tenth by which an entry may expire early.
        long step = row.Sliding is { } sliding ? Math.Min(sliding / 10, (long)s_useResolution.TotalMilliseconds) : (long)s_useResolution.TotalMilliseconds;
        if (Math.Abs(now - row.Used) < step) return;
        long? expires = row.Sliding is { } slide ? Math.Min(now + slide, row.Latest ?? long.MaxValue) : row.Expires;
        try
        {
            _file.WriteIfIdle(s =>
            {
                CacheTable.Touch(s, row.Id, now, expires);
                return true;
            });
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteCode.Busy or SqliteCode.ReadOnly or SqliteCode.Full)
        {
            // What was read was read.
        }
    }
}
