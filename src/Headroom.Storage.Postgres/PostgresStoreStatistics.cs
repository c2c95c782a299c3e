namespace Headroom.Storage.Postgres;

/// <summary>What a store holds.</summary>
public sealed record PostgresStoreStatistics
{
    /// <summary>The server, database and tables, without user and password.</summary>
    public required string Location { get; init; }

    /// <summary>The version of its tables.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Originals that can be fetched.</summary>
    public required long Originals { get; init; }

    /// <summary>Characters of these originals.</summary>
    public required long Characters { get; init; }

    /// <summary>Bytes they take, compressed.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes held as they are counted against <see cref="PostgresOriginalStoreOptions.MaxBytes"/>.</summary>
    public required long UsedBytes { get; init; }

    /// <summary>Bytes of the tables and their indexes on the server's disk.</summary>
    public required long TableBytes { get; init; }

    /// <summary>Dropped originals whose ids are remembered.</summary>
    public required long Dropped { get; init; }

    /// <summary>Puts that are under way, or were cut short and not cleared away yet.</summary>
    public required long Unfinished { get; init; }

    /// <summary>When the original idle for longest was last used, by the server's clock; <see langword="null"/> in an empty store.</summary>
    public required DateTimeOffset? OldestUse { get; init; }

    /// <summary>When an original was last used; <see langword="null"/> in an empty store.</summary>
    public required DateTimeOffset? NewestUse { get; init; }
}
