using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite.Caching;

/// <summary>The table of a cache, and the statements on it. Times are Unix milliseconds.</summary>
internal static class CacheTable
{
    /// <summary>Entries removed at once to make room.</summary>
    private const int RemoveBatch = 64;

    public static readonly SqliteSchema Schema = new(0x48524331, "cache",
    [
        """
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            used INTEGER NOT NULL,
            expires INTEGER,  -- NULL for never
            sliding INTEGER,  -- how far a read pushes the expiry back
            latest INTEGER,   -- but never beyond this
            value BLOB NOT NULL
        ) STRICT;
        CREATE INDEX entries_expires ON entries (expires);
        CREATE INDEX entries_used ON entries (used);
        """,
    ]);

    internal sealed record Row(long Id, long Used, long? Expires, long? Sliding, long? Latest);

    public static Row? Find(SqliteSession session, string key)
    {
        using SqliteDataReader rows = session.Query("SELECT id, used, expires, sliding, latest FROM entries WHERE key = $1", key);
        return rows.Read() ? new Row(rows.GetInt64(0), rows.GetInt64(1), NumberAt(rows, 2), NumberAt(rows, 3), NumberAt(rows, 4)) : null;
    }

    public static byte[]? ValueOf(SqliteSession session, long id) => session.Scalar("SELECT value FROM entries WHERE id = $1", id) as byte[];

    public static void Put(SqliteSession session, string key, byte[] value, long now, long? expires, long? sliding, long? latest) => session.Execute(
        """
        INSERT INTO entries (key, value, used, expires, sliding, latest) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, used = excluded.used, expires = excluded.expires, sliding = excluded.sliding, latest = excluded.latest
        """,
        key, value, now, expires ?? (object)DBNull.Value, sliding ?? (object)DBNull.Value, latest ?? (object)DBNull.Value);

    public static void Touch(SqliteSession session, long id, long now, long? expires) =>
        session.Execute("UPDATE entries SET used = $2, expires = $3 WHERE id = $1", id, now, expires ?? (object)DBNull.Value);

    public static void Remove(SqliteSession session, string key) => session.Execute("DELETE FROM entries WHERE key = $1", key);

    public static void RemoveExpired(SqliteSession session, long now) => session.Execute("DELETE FROM entries WHERE expires <= $1", now);

    /// <summary>Whether no more than so many bytes are used, after removing what was not read for longest.</summary>
    public static bool MakeRoom(SqliteSession session, long limit)
    {
        while (OriginalTables.UsedBytes(session) > limit)
        {
            if (session.Execute("DELETE FROM entries WHERE id IN (SELECT id FROM entries ORDER BY used LIMIT $1)", RemoveBatch) == 0) return false;
        }

        return true;
    }

    private static long? NumberAt(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetInt64(column);
}
