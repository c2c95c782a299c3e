namespace Headroom.Storage.Sqlite;

/// <summary>What came of checking a store.</summary>
public sealed record SqliteStoreVerification
{
    /// <summary>Originals that are whole.</summary>
    public required long Intact { get; init; }

    /// <summary>Entries that are not, by name and state. Those encrypted with another key are among them, and need not be damaged.</summary>
    public required IReadOnlyList<SqliteStoreEntry> Problems { get; init; }

    /// <summary>What SQLite's own check of the file says, up to 100 lines; empty when the file is sound.</summary>
    public required IReadOnlyList<string> FileProblems { get; init; }

    /// <summary>Whether everything is sound.</summary>
    public bool IsSound => Problems.Count == 0 && FileProblems.Count == 0;
}
