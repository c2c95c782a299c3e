using Headroom.Storage.Postgres.Server;

namespace Headroom.Storage.Postgres;

/// <summary>The tables of a store of originals, and the statements on them. Each statement is one transaction, and may be run again where its outcome is not known.</summary>
/// <remarks>
/// Bytes in use are summed up in a few rows, so that writers need not wait for each other: a connection counts in the row its number leads to. The row is the
/// last thing a statement locks. Times are the server's: instances whose clocks disagree share a store.
/// </remarks>
internal sealed class OriginalTables(TableNames t)
{
    /// <summary>What an original takes besides its pieces: the row, and its entries in three indexes.</summary>
    public const int RowBytes = 256;

    /// <summary>Rows that bytes in use are counted in: more than there are writers at the same moment.</summary>
    private const int Counters = 32;

    /// <summary>How many originals are looked at in one go when room is made.</summary>
    private const int DropBatch = 64;

    /// <summary>Ids of dropped originals remembered, so that "dropped" can be told from "never stored": about 12 MB.</summary>
    private const int MaxDropped = 100_000;

    public PostgresSchema Schema { get; } = new(t,
    [
        $"""
        CREATE TABLE {t.Originals} (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- never given twice: a put that was given up may still be writing pieces
            name bytea UNIQUE,                                  -- of the entry (docs/stores.md); NULL while its pieces are being written
            used timestamptz NOT NULL,                          -- the last time
            pieces int NOT NULL,
            characters int NOT NULL,                            -- of the original
            bytes bigint NOT NULL,                              -- of all pieces
            piece bytea NOT NULL                                -- the first; nearly all originals have no other
        );
        ALTER TABLE {t.Originals} ALTER piece SET STORAGE EXTERNAL; -- it is compressed already
        CREATE INDEX "{t.Prefix}originals_used" ON {t.Originals} (used);
        CREATE TABLE {t.Pieces} (
            original bigint NOT NULL REFERENCES {t.Originals} ON DELETE CASCADE,
            number int NOT NULL,
            piece bytea NOT NULL,
            PRIMARY KEY (original, number)
        );
        ALTER TABLE {t.Pieces} ALTER piece SET STORAGE EXTERNAL;
        CREATE TABLE {t.Dropped} (name bytea PRIMARY KEY, at timestamptz NOT NULL);
        CREATE INDEX "{t.Prefix}dropped_at" ON {t.Dropped} (at);
        CREATE TABLE {t.Usage} (counter int PRIMARY KEY, bytes bigint NOT NULL) WITH (fillfactor = 10); -- changed all the time: room for that on its page
        INSERT INTO {t.Usage} SELECT counter, 0 FROM generate_series(0, {Counters - 1}) AS counter
        """,
    ]);

    /// <summary>All pieces of the entries with the names <c>$1</c>, in the order of the names; whether its use is to be noted, at a resolution of <c>$2</c> seconds.</summary>
    public string Find { get; } =
        $"""
        SELECT array_position($1, o.name), o.id, abs(extract(epoch FROM now() - o.used)) >= $2, 0, o.piece
        FROM {t.Originals} o WHERE o.name = ANY($1)
        UNION ALL
        SELECT array_position($1, o.name), o.id, false, p.number, p.piece
        FROM {t.Originals} o JOIN {t.Pieces} p ON p.original = o.id WHERE o.name = ANY($1)
        ORDER BY 1, 4
        """;

    /// <summary>Which of the names <c>$1</c> are stored, and whether their use is to be noted.</summary>
    public string FindUse { get; } = $"SELECT name, id, abs(extract(epoch FROM now() - used)) >= $2 FROM {t.Originals} WHERE name = ANY($1)";

    /// <summary>Notes that the originals <c>$1</c> were used. Locks in one order, so that two that note the same do not wait for each other in a circle.</summary>
    public string Touch { get; } =
        $"""
        WITH due AS (SELECT id FROM {t.Originals} WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE)
        UPDATE {t.Originals} o SET used = now() FROM due WHERE o.id = due.id
        """;

    public string IsStored { get; } = $"SELECT EXISTS (SELECT FROM {t.Originals} WHERE name = $1)";

    public string WasDropped { get; } = $"SELECT EXISTS (SELECT FROM {t.Dropped} WHERE name = ANY($1))";

    public string UsedBytes { get; } = $"SELECT sum(bytes)::bigint FROM {t.Usage}";

    /// <summary>Puts an original of one piece under the name <c>$1</c>, unless one is there: characters <c>$2</c>, the piece <c>$3</c>. Answers whether it fits within <c>$4</c> bytes.</summary>
    public string Put { get; } =
        $"""
        WITH room AS (SELECT sum(bytes) + length($3) + {RowBytes} <= $4 AS is_enough FROM {t.Usage}),
        put AS (
            INSERT INTO {t.Originals} (name, used, pieces, characters, bytes, piece)
            SELECT $1, now(), 1, $2, length($3), $3 FROM room WHERE is_enough
            ON CONFLICT (name) DO NOTHING RETURNING bytes),
        forgotten AS (DELETE FROM {t.Dropped} d USING put WHERE d.name = $1),
        counted AS (UPDATE {t.Usage} u SET bytes = u.bytes + put.bytes + {RowBytes} FROM put WHERE counter = pg_backend_pid() % {Counters})
        SELECT is_enough FROM room
        """;

    /// <summary>Begins an original of many pieces: characters <c>$1</c>, the first piece <c>$2</c>. What has no name yet cannot be found. Answers its id, or nothing where it does not fit within <c>$3</c> bytes.</summary>
    public string Begin { get; } =
        $"""
        WITH room AS (SELECT sum(bytes) + length($2) + {RowBytes} <= $3 AS is_enough FROM {t.Usage}),
        put AS (
            INSERT INTO {t.Originals} (used, pieces, characters, bytes, piece)
            SELECT now(), 1, $1, length($2), $2 FROM room WHERE is_enough RETURNING id, bytes),
        counted AS (UPDATE {t.Usage} u SET bytes = u.bytes + put.bytes + {RowBytes} FROM put WHERE counter = pg_backend_pid() % {Counters})
        SELECT id FROM put
        """;

    /// <summary>Adds pieces <c>$3</c>, the first of which has the number <c>$2</c>, to the original <c>$1</c>. Answers whether it fits within <c>$4</c> bytes, and whether the original is still there.</summary>
    public string Add { get; } =
        $"""
        WITH added AS (SELECT ($2 + n - 1)::int AS number, piece FROM unnest($3) WITH ORDINALITY AS a (piece, n)),
        room AS (SELECT (SELECT sum(bytes) FROM {t.Usage}) + (SELECT sum(length(piece)) FROM added) <= $4 AS is_enough),
        begun AS (SELECT id FROM {t.Originals} WHERE id = $1 AND name IS NULL FOR NO KEY UPDATE),
        put AS (
            INSERT INTO {t.Pieces} (original, number, piece) SELECT id, number, piece FROM added, begun, room WHERE is_enough
            ON CONFLICT DO NOTHING RETURNING length(piece) AS bytes),
        more AS (SELECT count(*) AS pieces, coalesce(sum(bytes), 0) AS bytes FROM put),
        grown AS (UPDATE {t.Originals} o SET used = now(), pieces = o.pieces + more.pieces, bytes = o.bytes + more.bytes FROM begun, more WHERE o.id = begun.id),
        counted AS (UPDATE {t.Usage} u SET bytes = u.bytes + more.bytes FROM more WHERE counter = pg_backend_pid() % {Counters})
        SELECT is_enough, EXISTS (SELECT FROM begun) FROM room
        """;

    /// <summary>Gives the original <c>$1</c>, whose pieces are all there, the name <c>$2</c>, unless another has it. Answers whether it was given.</summary>
    public string Finish { get; } =
        $"""
        WITH named AS (
            UPDATE {t.Originals} SET name = $2, used = now()
            WHERE id = $1 AND name IS NULL AND NOT EXISTS (SELECT FROM {t.Originals} WHERE name = $2) RETURNING id),
        forgotten AS (DELETE FROM {t.Dropped} d USING named WHERE d.name = $2)
        SELECT EXISTS (SELECT FROM named)
        """;

    /// <summary>Removes the original <c>$1</c> unless it was given a name.</summary>
    public string Forget { get; } = Removal(t, $"SELECT id FROM {t.Originals} WHERE id = $1 AND name IS NULL FOR UPDATE");

    /// <summary>Removes the originals <c>$1</c>, and remembers them as dropped. Answers how many there were.</summary>
    public string Drop { get; } = Removal(t, $"SELECT id FROM {t.Originals} WHERE id = ANY($1) ORDER BY id FOR UPDATE");

    /// <summary>Removes what was begun and has not grown for <c>$1</c> seconds: its writer is gone. Answers how many there were.</summary>
    public string DropAbandoned { get; } =
        Removal(t, $"SELECT id FROM {t.Originals} WHERE name IS NULL AND used < now() - make_interval(secs => $1) ORDER BY used LIMIT {DropBatch} FOR UPDATE SKIP LOCKED");

    /// <summary>Drops a few of those idle for longest: none that was used in the last <c>$1</c> seconds, and no more than it takes to free <c>$2</c> bytes. Answers how many.</summary>
    public string DropIdle { get; } = Removal(t,
        $"""
        SELECT id FROM (
            SELECT id, sum(bytes + {RowBytes}) OVER (ORDER BY used, id) - bytes - {RowBytes} AS freed_before FROM (
                SELECT id, used, bytes FROM {t.Originals} WHERE name IS NOT NULL AND used < now() - make_interval(secs => $1)
                ORDER BY used LIMIT {DropBatch} FOR UPDATE SKIP LOCKED) idlest) summed
        WHERE freed_before < $2
        """);

    /// <summary>Forgets what was dropped longest ago, where there is too much of it.</summary>
    public string TrimDropped { get; } = $"DELETE FROM {t.Dropped} WHERE at < (SELECT at FROM {t.Dropped} ORDER BY at DESC OFFSET {MaxDropped} LIMIT 1)";

    /// <summary>Removes what a query chooses and locks, with its pieces; remembers what had a name, and counts.</summary>
    private static string Removal(TableNames t, string chosen) =>
        $"""
        WITH chosen AS MATERIALIZED ({chosen}),
        gone AS (DELETE FROM {t.Originals} o USING chosen WHERE o.id = chosen.id RETURNING o.name, o.bytes),
        remembered AS (
            INSERT INTO {t.Dropped} (name, at) SELECT name, now() FROM gone WHERE name IS NOT NULL ORDER BY name
            ON CONFLICT (name) DO UPDATE SET at = excluded.at),
        freed AS (SELECT count(*) AS originals, coalesce(sum(bytes + {RowBytes}), 0) AS bytes FROM gone),
        counted AS (UPDATE {t.Usage} u SET bytes = u.bytes - freed.bytes FROM freed WHERE originals > 0 AND counter = pg_backend_pid() % {Counters})
        SELECT originals FROM freed
        """;
}
