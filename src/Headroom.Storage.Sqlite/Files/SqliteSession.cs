using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Headroom.Storage.Sqlite.Files;

/// <summary>One connection with its prepared statements. Dispose returns it to the file it came from, unless something failed on it.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SqliteSession(SqliteFile file, SqliteConnection connection, DateTime born) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>When the file was made that this is a connection to.</summary>
    public DateTime Born => born;

    /// <summary>Whether a statement failed, so that nobody should use the connection again.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether the file was opened for reading only, asked for or not.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(connection.Handle!, "main") == 1;

    /// <summary>Runs a statement; answers how many rows it changed. Arguments are <c>$1</c>, <c>$2</c>…</summary>
    public int Execute(string sql, params ReadOnlySpan<object> arguments) => Run(sql, arguments, static command => command.ExecuteNonQuery());

    /// <summary>Runs a statement; answers the first value of the first row, or <see langword="null"/>.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object> arguments) => Run(sql, arguments, static command => command.ExecuteScalar());

    /// <summary>Runs a statement; its rows are read one by one.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object> arguments) => Run(sql, arguments, static command => command.ExecuteReader());

    public long Number(string sql, params ReadOnlySpan<object> arguments) => Scalar(sql, arguments) as long? ?? 0;

    /// <summary>Everything or nothing: what <paramref name="work"/> changes, where it answers <see langword="true"/>.</summary>
    public bool Write(Func<SqliteSession, bool> work)
    {
        Execute("BEGIN IMMEDIATE"); // a lock to write from the beginning: one taken halfway could not wait for others
        bool isKept = false;
        try
        {
            isKept = work(this);
            Execute(isKept ? "COMMIT" : "ROLLBACK");
            return isKept;
        }
        catch
        {
            HasFailed = true; // closing the connection undoes the transaction
            throw;
        }
    }

    /// <summary>Several statements that see the same state.</summary>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        Execute("BEGIN");
        try
        {
            T result = work(this);
            Execute("COMMIT");
            return result;
        }
        catch
        {
            HasFailed = true;
            throw;
        }
    }

    /// <summary>A failure was seen and dealt with.</summary>
    public void ForgetFailure() => HasFailed = false;

    public void Dispose() => file.Return(this);

    public void Close()
    {
        foreach (SqliteCommand command in _commands.Values) command.Dispose();
        connection.Dispose();
    }

    private T Run<T>(string sql, ReadOnlySpan<object> arguments, Func<SqliteCommand, T> run)
    {
        file.BeforeStatement?.Invoke(sql);
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // All statements are constants; what varies is an argument.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (int i = 1; i <= arguments.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            _commands.Add(sql, command);
        }

        for (int i = 0; i < arguments.Length; i++) command.Parameters[i].Value = arguments[i];
        try
        {
            return run(command);
        }
        catch
        {
            HasFailed = true;
            throw;
        }
        finally
        {
            for (int i = 0; i < arguments.Length; i++) command.Parameters[i].Value = null; // a large piece is not to be kept alive
        }
    }
}
