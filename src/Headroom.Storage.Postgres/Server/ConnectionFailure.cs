using System.Net.Sockets;
using Npgsql;

namespace Headroom.Storage.Postgres.Server;

/// <summary>What failures mean, by the server's codes (postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class ConnectionFailure
{
    public const string UniqueViolation = "23505";
    public const string InsufficientPrivilege = "42501";
    private const string ReadOnlyTransaction = "25006";
    private const string NoSchemaSelected = "3F000";
    private const string UndefinedTable = "42P01";
    private const string UndefinedColumn = "42703";
    private const string TooManyConnections = "53300";
    private const string SerializationFailure = "40001";
    private const string Deadlock = "40P01";

    /// <summary>Whether the same statement may succeed a moment later, perhaps over another connection. A time-out is not among them: the caller has waited enough.</summary>
    public static bool MayPass(Exception e) => IsOutage(e) || TablesChanged(e) || e is PostgresException { SqlState: SerializationFailure or Deadlock };

    /// <summary>Whether the server is gone, going, coming up, full, or no longer the one that can be written to.</summary>
    public static bool IsOutage(Exception e) => e switch
    {
        PostgresException p => p.SqlState.StartsWith("08", StringComparison.Ordinal) || p.SqlState.StartsWith("57P", StringComparison.Ordinal) || p.SqlState == TooManyConnections || LostPrimary(e),
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException n => n.IsTransient,
        SocketException or IOException => true,
        _ => false,
    };

    /// <summary>Whether another server became the primary: connections kept open lead to the former one.</summary>
    public static bool LostPrimary(Exception e) => e is PostgresException { SqlState: ReadOnlyTransaction };

    /// <summary>Whether the tables are no longer what they were when they were last looked at.</summary>
    public static bool TablesChanged(Exception e) => e is PostgresException { SqlState: UndefinedTable or UndefinedColumn or NoSchemaSelected };

    /// <summary>Whether the server says that a page or an index of its own is damaged.</summary>
    public static bool IsDamage(PostgresException e) => e.SqlState.StartsWith("XX", StringComparison.Ordinal);
}
