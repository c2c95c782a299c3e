namespace Headroom.Storage.Sqlite;

/// <summary>What a store holds.</summary>
public sealed record SqliteStoreStatistics
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The version of its tables.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Originals that can be fetched.</summary>
    public required long Originals { get; init; }

    /// <summary>Characters of these originals.</summary>
    public required long Characters { get; init; }

    /// <summary>Bytes they take, compressed.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of the file that hold something; what <see cref="SqliteOriginalStoreOptions.MaxBytes"/> limits.</summary>
    public required long UsedBytes { get; init; }

    /// <summary>Bytes of the file and its companions on the disk.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Dropped originals whose ids are remembered.</summary>
    public required long Dropped { get; init; }

    /// <summary>Puts that are under way, or were cut short and not cleared away yet.</summary>
    public required long Unfinished { get; init; }

    /// <summary>When the original idle for longest was last used; <see langword="null"/> in an empty store.</summary>
    public required DateTimeOffset? OldestUse { get; init; }

    /// <summary>When an original was last used; <see langword="null"/> in an empty store.</summary>
    public required DateTimeOffset? NewestUse { get; init; }
}
