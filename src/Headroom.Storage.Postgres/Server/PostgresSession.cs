using System.Data;
using Npgsql;

namespace Headroom.Storage.Postgres.Server;

/// <summary>A connection for a few statements. Arguments are <c>$1</c>, <c>$2</c>…; every statement is a transaction of its own, unless one was begun.</summary>
/// <remarks>Not thread-safe. Nothing is prepared and no setting is left behind, so that connections may be shared through a pooler.</remarks>
internal sealed class PostgresSession(NpgsqlConnection connection, Action<string>? beforeStatement, CancellationToken cancellationToken)
{
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs a statement; answers how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, params object[] arguments)
    {
        await using NpgsqlCommand command = Command(sql, arguments);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a statement; answers the first value of the first row, or the default where there is none.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] arguments)
    {
        await using NpgsqlCommand command = Command(sql, arguments);
        object? value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return value is T found ? found : default;
    }

    /// <summary>Runs a statement and hands over its rows. Columns are to be read in order.</summary>
    public async Task<T> QueryAsync<T>(string sql, object[] arguments, Func<NpgsqlDataReader, Task<T>> read)
    {
        await using NpgsqlCommand command = Command(sql, arguments);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        return await read(rows).ConfigureAwait(false);
    }

    /// <summary>Begins a transaction whose statements each see what others have committed by then, whatever the server's default is.</summary>
    public ValueTask<NpgsqlTransaction> BeginAsync() => connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

    private NpgsqlCommand Command(string sql, object[] arguments)
    {
        beforeStatement?.Invoke(sql);
#pragma warning disable CA2100 // All statements are constants but for the checked names of tables; what varies is an argument.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (object argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return command;
    }
}
