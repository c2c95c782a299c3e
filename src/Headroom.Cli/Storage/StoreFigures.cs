using Headroom.Storage.Sqlite;

namespace Headroom.Cli.Storage;

/// <summary>What a store of originals holds.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Originals">How many originals.</param>
/// <param name="Bytes">Bytes they take.</param>
internal sealed record StoreFigures(string File, long Originals, long Bytes)
{
    /// <summary>Looks at the store a command line asks for. One that is not there yet holds nothing.</summary>
    /// <returns><see langword="null"/> where there can be none, or it cannot be looked at.</returns>
    public static async ValueTask<StoreFigures?> OfAsync(string? given, CancellationToken cancellationToken)
    {
        if (StoreFile.Resolve(given) is not { } file) return null;
        try
        {
            using SqliteOriginalStore? store = StoreFile.OpenExisting(file);
            SqliteStoreStatistics? held = store is null ? null : await store.StatisticsAsync(cancellationToken).ConfigureAwait(false);
            return new StoreFigures(file, held?.Originals ?? 0, held?.Bytes ?? 0);
        }
        catch (Exception e) when (e is CliException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
