namespace Headroom.Storage.Postgres;

/// <summary>What came of checking a store.</summary>
public sealed record PostgresStoreVerification
{
    /// <summary>Originals that are whole.</summary>
    public required long Intact { get; init; }

    /// <summary>Entries that are not, by name and state. Those encrypted with another key are among them, and need not be damaged.</summary>
    public required IReadOnlyList<PostgresStoreEntry> Problems { get; init; }

    /// <summary>Whether everything is sound.</summary>
    public bool IsSound => Problems.Count == 0;
}
