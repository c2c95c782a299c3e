using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

/// <summary>Statements on the whole of a store.</summary>
internal static class MaintenanceTables
{
    /// <summary>Names read at once.</summary>
    private const int NameBatch = 256;

    public static SqliteStoreStatistics Statistics(SqliteSession session, string path)
    {
        using SqliteDataReader all = session.Query(
            """
            SELECT count(name), coalesce(sum(iif(name IS NULL, 0, characters)), 0), coalesce(sum(bytes), 0), count(*) - count(name),
                   min(iif(name IS NULL, NULL, used)), max(iif(name IS NULL, NULL, used)), (SELECT count(*) FROM dropped)
            FROM originals
            """);
        all.Read();
        return new SqliteStoreStatistics
        {
            Path = path,
            SchemaVersion = (int)session.Number("PRAGMA user_version"),
            Originals = all.GetInt64(0),
            Characters = all.GetInt64(1),
            Bytes = all.GetInt64(2),
            Unfinished = all.GetInt64(3),
            OldestUse = all.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeSeconds(all.GetInt64(4)),
            NewestUse = all.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeSeconds(all.GetInt64(5)),
            Dropped = all.GetInt64(6),
            UsedBytes = OriginalTables.UsedBytes(session),
            FileBytes = FileBytes(path),
        };
    }

    /// <summary>The names that follow one, in order. They come from an index, so that a damaged page of originals does not hide the others.</summary>
    public static List<byte[]> NextNames(SqliteSession session, byte[] after)
    {
        List<byte[]> names = [];
        using SqliteDataReader rows = session.Query("SELECT name FROM originals WHERE name > $1 ORDER BY name LIMIT $2", after, NameBatch);
        while (rows.Read()) names.Add(rows.GetFieldValue<byte[]>(0));
        return names;
    }

    public static bool Drop(SqliteSession session, byte[] name, long now)
    {
        long id = session.Number("SELECT id FROM originals WHERE name = $1", name);
        if (id == 0) return false;
        OriginalTables.Delete(session, id);
        OriginalTables.RememberDropped(session, name, now);
        return true;
    }

    public static IReadOnlyList<string> Check(SqliteSession session)
    {
        List<string> lines = [];
        try
        {
            using SqliteDataReader rows = session.Query("PRAGMA integrity_check(100)");
            while (rows.Read()) lines.Add(rows.GetString(0));
        }
        catch (SqliteException e)
        {
            lines.Add($"The check could not be finished (SQLite error {e.SqliteErrorCode}).");
        }

        return lines is ["ok"] ? [] : lines;
    }

    public static void Shrink(SqliteSession session)
    {
        using (SqliteDataReader pages = session.Query("PRAGMA incremental_vacuum"))
        {
            while (pages.Read())
            {
                // Each row is a page given back.
            }
        }

        session.Execute("PRAGMA wal_checkpoint(TRUNCATE)"); // others that read just now keep a part of it; that is no failure
    }

    public static long FileBytes(string path) =>
        new[] { path, path + "-wal", path + "-shm" }.Select(p => new FileInfo(p)).Sum(f => f.Exists ? f.Length : 0);
}
