using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite.Files;

/// <summary>One database file of ours: made readable for its user only, checked, migrated, and shared by any number of threads and processes.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>Connections kept open: what a busy process reads with at once. Writers take turns anyway.</summary>
    private const int MaxIdle = 8;

    /// <summary>How long another process's transaction is waited for. Ours take milliseconds; dozens of processes writing at once make a queue of seconds.</summary>
    public const int BusyMilliseconds = 10_000;

    /// <summary>What the write-ahead log is cut back to after a checkpoint.</summary>
    private const int LogBytes = 16 * 1024 * 1024;

    private readonly ConcurrentBag<SqliteSession> _idle = [];

    /// <summary>Writers of this process take turns: waiting in line is fairer and cheaper than polling a locked file.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    private SqliteSession? _writer;
    private readonly SqliteSchema _schema;
    private readonly string _connection;
    private readonly bool _readOnly;
    private volatile bool _isDisposed;

    /// <summary>Opens the file, and makes it where there is none.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says why, and what to do.</exception>
    public SqliteFile(string path, SqliteSchema schema, bool readOnly)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.GetFullPath(path);
        _schema = schema;
        _readOnly = readOnly;
        _connection = ConnectionString(Path, readOnly);
        try
        {
            if (!readOnly) PrivateFile.Create(Path);
            using SqliteSession session = Rent();
            // SQLite opens what it may not write for reading, without a word.
            if (!readOnly && session.IsReadOnly) throw new InvalidOperationException($"{Path} may only be read by this user. Allow writing, or name another file.");
        }
        catch (Exception e)
        {
            Clear();
            if (e is SqliteException or IOException or UnauthorizedAccessException) throw new InvalidOperationException(Problem(e), e);
            throw;
        }
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Called before every statement; for tests that fail there.</summary>
    public Action<string>? BeforeStatement { get; set; }

    /// <summary>A connection to read over; dispose of it soon. It has never written, so what it finds is in the file.</summary>
    public SqliteSession Rent()
    {
        DateTime born = Born();
        while (_idle.TryTake(out SqliteSession? session))
        {
            if (session.Born == born) return session;
            session.Close();
        }

        return Open(born);
    }

    public void Return(SqliteSession session)
    {
        if (session.HasFailed || _isDisposed || _idle.Count >= MaxIdle) session.Close();
        else _idle.Add(session);
    }

    /// <summary>Everything or nothing: what <paramref name="work"/> changes, where it answers <see langword="true"/>.</summary>
    public async Task<bool> WriteAsync(Func<SqliteSession, bool> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return WriteAndRelease(work);
    }

    /// <summary>The same, waiting with the thread.</summary>
    public bool Write(Func<SqliteSession, bool> work)
    {
        _gate.Wait();
        return WriteAndRelease(work);
    }

    /// <summary>The same, unless somebody else of this process writes just now.</summary>
    public bool WriteIfIdle(Func<SqliteSession, bool> work) => _gate.Wait(0) && WriteAndRelease(work);

    /// <summary>Closes the connections nobody uses.</summary>
    public void Clear()
    {
        while (_idle.TryTake(out SqliteSession? session)) session.Close();
        _gate.Wait();
        CloseWriter();
        _gate.Release();
    }

    public void Dispose()
    {
        _isDisposed = true;
        Clear();
        _gate.Dispose();
    }

    private bool WriteAndRelease(Func<SqliteSession, bool> work)
    {
        try
        {
            DateTime born = Born();
            if (_writer is { } old && old.Born != born) CloseWriter();
            return (_writer ??= Open(born)).Write(work);
        }
        finally
        {
            if (_writer is { HasFailed: true }) CloseWriter(); // which undoes what it had begun, and lets others write
            _gate.Release();
        }
    }

    private void CloseWriter()
    {
        _writer?.Close();
        _writer = null;
    }

    /// <summary>When the file was made. One that was removed or replaced stays open for those that have it, and what they write is lost to all others.</summary>
    private DateTime Born()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_readOnly && !File.Exists(Path)) PrivateFile.Create(Path);
        return File.GetCreationTimeUtc(Path);
    }

    private SqliteSession Open(DateTime born)
    {
        try
        {
            return Open(_connection, born);
        }
        catch (SqliteException e) when (_readOnly && e.SqliteErrorCode is SqliteCode.CannotOpen or SqliteCode.ReadOnly && !HasLog())
        {
            // In a folder that cannot be written, the log's index cannot be made either. Without a log none is needed.
            return Open(ConnectionString(new Uri(Path).AbsoluteUri + "?immutable=1", readOnly: true), born);
        }
    }

    private bool HasLog() => new FileInfo(Path + "-wal") is { Exists: true, Length: > 0 };

    private SqliteSession Open(string connectionString, DateTime born)
    {
        var connection = new SqliteConnection(connectionString);
        var session = new SqliteSession(this, connection, born);
        try
        {
            connection.Open();
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusyMilliseconds}"));
            session.Execute("PRAGMA trusted_schema = OFF");
            session.Execute("PRAGMA cell_size_check = ON"); // damage is noticed where it is, not later
            if (!session.Read(IsCurrent)) Migrate(session); // one look: another process may be making the tables just now
            if (_readOnly) return session;
            session.Execute("PRAGMA synchronous = FULL"); // what was answered "stored" survives a power failure too
            session.Execute("PRAGMA secure_delete = ON"); // what is dropped is overwritten
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {LogBytes}"));
            return session;
        }
        catch
        {
            session.Close();
            throw;
        }
    }

    /// <summary>Whether the file has this version's tables. Changes nothing.</summary>
    private bool IsCurrent(SqliteSession session)
    {
        long application = session.Number("PRAGMA application_id"), version = session.Number("PRAGMA user_version");
        if (application == 0 && version == 0 && session.Number("SELECT count(*) FROM sqlite_schema") == 0)
            return _readOnly ? throw new InvalidOperationException($"{Path} holds nothing yet, and was opened to be read only.") : false;
        if (application != _schema.ApplicationId) throw new InvalidOperationException($"{Path} is a database, but no {_schema.Kind} of Headroom's. Name another file.");
        if (version > _schema.Version)
        {
            throw new InvalidOperationException(
                $"{Path} is a {_schema.Kind} of a newer version ({version}; this version knows up to {_schema.Version}). It was left as it is. Update this program, or name another file.");
        }

        if (version == _schema.Version) return true;
        return _readOnly ? throw new InvalidOperationException($"{Path} is a {_schema.Kind} of an older version; open it for writing once, so that it is brought up to date.") : false;
    }

    private void Migrate(SqliteSession session)
    {
        // Several processes may find the file new at once. Switching to the write-ahead log does not wait for others by itself.
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                session.Execute("PRAGMA auto_vacuum = INCREMENTAL");
                session.Execute("PRAGMA journal_mode = WAL");
                break;
            }
            catch (SqliteException e) when (e.SqliteErrorCode is SqliteCode.Busy or SqliteCode.Locked && attempt < BusyMilliseconds / 20)
            {
                Thread.Sleep(20);
            }
        }

        session.ForgetFailure();
        session.Write(s =>
        {
            for (int version = (int)s.Number("PRAGMA user_version"); version < _schema.Version; version++)
            {
                s.Execute(_schema.Migrations[version]);
                s.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
            }

            s.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {_schema.ApplicationId}"));
            return true;
        });
    }

    private static string ConnectionString(string path, bool readOnly)
    {
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            Pooling = false, // sessions are kept here, with their statements and settings
            DefaultTimeout = 1, // SQLite waits by itself (busy_timeout); the provider's own waiting sleeps 150 ms at a time
        };
        return builder.ToString();
    }

    private string Problem(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: SqliteCode.NotADatabase } => $"{Path} is no database. Name another file; this one was left as it is.",
        SqliteException { SqliteErrorCode: SqliteCode.Corrupt } => $"{Path} is damaged at its beginning. Move it away, and a new one is made.",
        SqliteException { SqliteErrorCode: SqliteCode.Full } => $"There is no room for {Path}: the disk is full.",
        SqliteException s => $"{Path} cannot be opened (SQLite error {s.SqliteErrorCode}). Name a file in a folder this user may write to.",
        _ => $"{Path} cannot be opened: {e.Message} Name a file in a folder this user may write to.",
    };
}
