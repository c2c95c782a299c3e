namespace Headroom.Storage.Sqlite;

/// <summary>An entry of a store, found without knowing its scope and id: the file holds neither.</summary>
/// <param name="Name">The name of the entry, in hexadecimal.</param>
/// <param name="State">Whether it is whole.</param>
/// <param name="Original">The original; <see langword="null"/> unless it is whole.</param>
public sealed record SqliteStoreEntry(string Name, EnvelopeState State, string? Original);
