namespace Headroom.Storage.Sqlite;

/// <summary>What came of pruning a store.</summary>
/// <param name="Originals">Originals dropped.</param>
/// <param name="Unfinished">Puts cut short that were cleared away.</param>
/// <param name="BytesBefore">Bytes on the disk before.</param>
/// <param name="BytesAfter">Bytes on the disk after.</param>
public sealed record SqliteStorePruning(long Originals, long Unfinished, long BytesBefore, long BytesAfter);
