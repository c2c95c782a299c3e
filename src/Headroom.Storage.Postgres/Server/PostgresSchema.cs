using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Headroom.Storage.Postgres.Server;

/// <summary>The tables of a store and how they came to be: one migration a version. Any number of instances may start at once.</summary>
/// <param name="tables">Their names.</param>
/// <param name="migrations">Statements that lead from version <c>n</c> to <c>n + 1</c>; a new store goes through all of them.</param>
internal sealed class PostgresSchema(TableNames tables, IReadOnlyList<string> migrations)
{
    public TableNames Tables { get; } = tables;

    public int Version => migrations.Count;

    /// <summary>Makes sure that the tables are those of this version; answers that version.</summary>
    /// <exception cref="InvalidOperationException">They are not, and cannot be made so; the message says why, and what to do.</exception>
    public async Task<int> PrepareAsync(PostgresSession session, bool readOnly)
    {
        int version = await FindVersionAsync(session).ConfigureAwait(false);
        if (version == Version) return version;
        if (version > Version)
        {
            throw new InvalidOperationException(
                $"The tables {Tables} are of a newer version ({version}; this version knows up to {Version}). They were left as they are. Update this program, or set another TablePrefix.");
        }

        if (readOnly)
        {
            throw new InvalidOperationException(version == 0
                ? $"The tables {Tables} do not exist, and the store was opened to be read only."
                : $"The tables {Tables} are of an older version; open the store for writing once, so that they are brought up to date.");
        }

        try
        {
            await MigrateAsync(session).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == ConnectionFailure.InsufficientPrivilege)
        {
            throw new InvalidOperationException(
                $"This role may not make the tables {Tables}. Grant it CREATE on the schema, or call PrepareAsync once with a role that may; the tables then need SELECT, INSERT, UPDATE and DELETE.", e);
        }

        return await PrepareAsync(session, readOnly: true).ConfigureAwait(false); // another look, at what others see too
    }

    /// <summary>The version of the tables; 0 where there are none. Changes nothing.</summary>
    /// <remarks>Asks the catalogue's tables: its functions (<c>to_regclass</c>) may answer from before the lock was waited for.</remarks>
    private async Task<int> FindVersionAsync(PostgresSession session)
    {
        string schema = Tables.SchemaName is null ? "current_schema()" : $"'{Tables.SchemaName}'";
        bool exists = await session.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = $1 AND n.nspname = {schema})", Tables.Prefix + "version").ConfigureAwait(false);
        return exists ? await session.ScalarAsync<int>($"SELECT version FROM {Tables.Version}").ConfigureAwait(false) : 0;
    }

    private async Task MigrateAsync(PostgresSession session)
    {
        await using NpgsqlTransaction transaction = await session.BeginAsync().ConfigureAwait(false);
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", LockNumber()).ConfigureAwait(false);
        int version = await FindVersionAsync(session).ConfigureAwait(false);
        if (version >= Version) return; // another instance was faster
        if (version == 0)
        {
            // Where it exists, not even "if not exists" is allowed to every role.
            if (Tables.SchemaName is { } name && !await session.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", name).ConfigureAwait(false))
                await session.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {Tables.QuotedSchema}").ConfigureAwait(false);
            await session.ExecuteAsync($"CREATE TABLE {Tables.Version} (version int NOT NULL)").ConfigureAwait(false);
            await session.ExecuteAsync($"INSERT INTO {Tables.Version} VALUES (0)").ConfigureAwait(false);
        }

        for (int next = version; next < Version; next++) await session.ExecuteAsync(migrations[next]).ConfigureAwait(false);
        await session.ExecuteAsync($"UPDATE {Tables.Version} SET version = $1", Version).ConfigureAwait(false);
        await transaction.CommitAsync(session.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The number all instances of these tables lock with; another for other tables of the same database.</summary>
    private long LockNumber() => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("headroom store " + Tables)));
}
