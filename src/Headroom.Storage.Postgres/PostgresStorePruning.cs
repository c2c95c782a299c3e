namespace Headroom.Storage.Postgres;

/// <summary>What came of pruning a store.</summary>
/// <param name="Originals">Originals dropped.</param>
/// <param name="Unfinished">Puts cut short that were cleared away.</param>
/// <param name="BytesBefore">Bytes of originals held before; what <see cref="PostgresOriginalStoreOptions.MaxBytes"/> limits.</param>
/// <param name="BytesAfter">Bytes of originals held after.</param>
public sealed record PostgresStorePruning(long Originals, long Unfinished, long BytesBefore, long BytesAfter);
