using Headroom.Storage.Postgres.Server;

namespace Headroom.Storage.Postgres;

/// <summary>Statements on the whole of a store.</summary>
internal sealed class MaintenanceTables(TableNames t)
{
    /// <summary>Names read at once.</summary>
    private const int NameBatch = 256;

    /// <summary>Originals, characters, bytes, unfinished, oldest and newest use, dropped, bytes as they are counted, bytes on the disk.</summary>
    public string Statistics { get; } =
        $"""
        SELECT count(name), coalesce(sum(characters) FILTER (WHERE name IS NOT NULL), 0)::bigint, coalesce(sum(bytes), 0)::bigint, count(*) - count(name),
               min(used) FILTER (WHERE name IS NOT NULL), max(used) FILTER (WHERE name IS NOT NULL), (SELECT count(*) FROM {t.Dropped}),
               (SELECT sum(bytes)::bigint FROM {t.Usage}),
               (SELECT sum(pg_total_relation_size(name::regclass))::bigint FROM unnest($1) AS tables (name))
        FROM {t.Originals}
        """;

    /// <summary>The tables whose size <see cref="Statistics"/> is to add up.</summary>
    public string[] All { get; } = [t.Originals, t.Pieces, t.Dropped, t.Usage, t.Version];

    /// <summary>The names that follow <c>$1</c>, in order. They come from an index, so that a damaged row does not hide the others.</summary>
    public string NextNames { get; } = $"SELECT name FROM {t.Originals} WHERE name > $1 ORDER BY name LIMIT {NameBatch}";

    public string IdOf { get; } = $"SELECT id FROM {t.Originals} WHERE name = $1";

    /// <summary>Lets no writer count while bytes are counted anew; those under way are waited for.</summary>
    public string LockUsage { get; } = $"LOCK TABLE {t.Usage} IN EXCLUSIVE MODE";

    /// <summary>Counts bytes anew: rows may have been removed by hand.</summary>
    public string CountUsage { get; } =
        $"UPDATE {t.Usage} SET bytes = CASE counter WHEN 0 THEN (SELECT coalesce(sum(bytes + {OriginalTables.RowBytes}), 0) FROM {t.Originals}) ELSE 0 END";
}
