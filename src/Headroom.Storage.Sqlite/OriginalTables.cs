using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

/// <summary>The tables of a store of originals, and the statements on them.</summary>
internal static class OriginalTables
{
    /// <summary>Ids of dropped originals remembered, so that "dropped" can be told from "never stored": about 6 MB.</summary>
    private const int MaxDropped = 100_000;

    /// <summary>How many originals are looked at in one go when room is made.</summary>
    private const int DropBatch = 64;

    public static readonly SqliteSchema Schema = new(0x48524F31, "store of originals",
    [
        """
        CREATE TABLE originals (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: a put that was given up may still be writing pieces
            name BLOB UNIQUE,                     -- of the entry (docs/stores.md); NULL while its pieces are being written
            used INTEGER NOT NULL,                -- Unix seconds, of the last use
            pieces INTEGER NOT NULL,
            characters INTEGER NOT NULL,          -- of the original
            bytes INTEGER NOT NULL,               -- of all pieces
            piece BLOB NOT NULL                   -- the first; nearly all originals have no other
        ) STRICT;
        CREATE INDEX originals_used ON originals (used);
        CREATE TABLE pieces (
            original INTEGER NOT NULL,
            number INTEGER NOT NULL,
            piece BLOB NOT NULL,
            PRIMARY KEY (original, number)
        ) STRICT;
        CREATE TABLE dropped (name BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """,
    ]);

    /// <summary>An original that is stored.</summary>
    internal sealed record Row(long Id, long Used, int Pieces, byte[] First);

    public static Row? Find(SqliteSession session, EnvelopeName name)
    {
        using SqliteDataReader rows = session.Query("SELECT id, used, pieces, piece FROM originals WHERE name = $1", name.Bytes.ToArray());
        return rows.Read() ? new Row(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2), rows.GetFieldValue<byte[]>(3)) : null;
    }

    /// <summary>The pieces of an original, read one at a time.</summary>
    public static IEnumerable<byte[]> PiecesOf(SqliteSession session, Row row)
    {
        yield return row.First;
        if (row.Pieces == 1) yield break;
        using SqliteDataReader rows = session.Query("SELECT piece FROM pieces WHERE original = $1 ORDER BY number", row.Id);
        while (rows.Read()) yield return rows.GetFieldValue<byte[]>(0);
    }

    /// <summary>When an original was last used; <see langword="null"/> where it is not stored.</summary>
    public static (long Id, long Used)? UseOf(SqliteSession session, EnvelopeName name)
    {
        using SqliteDataReader rows = session.Query("SELECT id, used FROM originals WHERE name = $1", name.Bytes.ToArray());
        return rows.Read() ? (rows.GetInt64(0), rows.GetInt64(1)) : null;
    }

    public static int Touch(SqliteSession session, long id, long now) => session.Execute("UPDATE originals SET used = $2 WHERE id = $1", id, now);

    public static bool WasDropped(SqliteSession session, EnvelopeName name) => session.Number("SELECT count(*) FROM dropped WHERE name = $1", name.Bytes.ToArray()) > 0;

    /// <summary>Begins an original: what has no name yet cannot be found.</summary>
    public static long Begin(SqliteSession session, long now, int characters, byte[] first)
    {
        session.Execute("INSERT INTO originals (name, used, pieces, characters, bytes, piece) VALUES (NULL, $1, 1, $2, $3, $4)", now, characters, first.Length, first);
        return session.Number("SELECT last_insert_rowid()");
    }

    /// <summary>Adds a piece to an original that was begun. <see langword="false"/> where it is gone: somebody took it for abandoned.</summary>
    public static bool Add(SqliteSession session, long id, int number, byte[] piece)
    {
        session.Execute("INSERT INTO pieces (original, number, piece) VALUES ($1, $2, $3)", id, number, piece);
        return session.Execute("UPDATE originals SET pieces = pieces + 1, bytes = bytes + $2 WHERE id = $1 AND name IS NULL", id, piece.Length) == 1;
    }

    /// <summary>Names an original whose pieces are all there. <see langword="false"/> where it is gone.</summary>
    public static bool Finish(SqliteSession session, long id, EnvelopeName name)
    {
        byte[] bytes = name.Bytes.ToArray();
        session.Execute("DELETE FROM dropped WHERE name = $1", bytes);
        return session.Execute("UPDATE originals SET name = $2 WHERE id = $1 AND name IS NULL", id, bytes) == 1;
    }

    public static bool Delete(SqliteSession session, long id)
    {
        session.Execute("DELETE FROM pieces WHERE original = $1", id);
        return session.Execute("DELETE FROM originals WHERE id = $1", id) == 1;
    }

    /// <summary>Bytes in use: pages that hold something.</summary>
    public static long UsedBytes(SqliteSession session) =>
        (session.Number("PRAGMA page_count") - session.Number("PRAGMA freelist_count")) * session.Number("PRAGMA page_size");

    /// <summary>Drops what has been idle for longest until no more than <paramref name="limit"/> bytes are used, and nothing that was used since <paramref name="idleBefore"/>.</summary>
    public static void Drop(SqliteSession session, long limit, long idleBefore, long now)
    {
        while (UsedBytes(session) > limit && DropSome(session, limit, idleBefore, now) > 0)
        {
        }
    }

    /// <summary>The same for a few; answers how many were dropped.</summary>
    public static int DropSome(SqliteSession session, long limit, long idleBefore, long now)
    {
        List<(long Id, byte[] Name)> idlest = [];
        using (SqliteDataReader rows = session.Query("SELECT id, name FROM originals WHERE used < $1 AND name IS NOT NULL ORDER BY used LIMIT $2", idleBefore, DropBatch))
        {
            while (rows.Read()) idlest.Add((rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)));
        }

        int dropped = 0;
        foreach ((long id, byte[] name) in idlest)
        {
            if (UsedBytes(session) <= limit) break;
            Delete(session, id);
            RememberDropped(session, name, now);
            dropped++;
        }

        if (dropped > 0 && session.Number("SELECT count(*) FROM dropped") is > MaxDropped and var count)
            session.Execute("DELETE FROM dropped WHERE name IN (SELECT name FROM dropped ORDER BY at LIMIT $1)", count - MaxDropped);
        return dropped;
    }

    public static void RememberDropped(SqliteSession session, byte[] name, long now) =>
        session.Execute("INSERT INTO dropped (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = excluded.at", name, now);

    /// <summary>Removes what was begun and never finished: the process was killed.</summary>
    public static int DropAbandoned(SqliteSession session, long begunBefore)
    {
        List<long> abandoned = [];
        using (SqliteDataReader rows = session.Query("SELECT id FROM originals WHERE name IS NULL AND used < $1", begunBefore))
        {
            while (rows.Read()) abandoned.Add(rows.GetInt64(0));
        }

        foreach (long id in abandoned) Delete(session, id);
        return abandoned.Count;
    }
}
