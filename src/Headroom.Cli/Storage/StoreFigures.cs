using Headroom.Storage;

namespace Headroom.Cli.Storage;

/// <summary>What a store of originals holds.</summary>
/// <param name="Where">Where it is.</param>
/// <param name="Originals">How many originals.</param>
/// <param name="Bytes">Bytes they take.</param>
internal sealed record StoreFigures(string Where, long Originals, long Bytes)
{
    /// <summary>Counts what is in the store.</summary>
    /// <returns><see langword="null"/> where there is no store, or it cannot be looked at.</returns>
    public static ValueTask<StoreFigures?> OfAsync(IOriginalStore? store, CancellationToken cancellationToken)
    {
        if (store is not FileOriginalStore files) return ValueTask.FromResult<StoreFigures?>(null);
        long originals = 0, bytes = 0;
        try
        {
            foreach (FileInfo file in Directory.Exists(files.Folder) ? new DirectoryInfo(files.Folder).EnumerateFiles("*", SearchOption.AllDirectories) : [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!OriginalId.IsWellFormed(file.Name)) continue;
                originals++;
                bytes += file.Length;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult<StoreFigures?>(null);
        }

        return ValueTask.FromResult<StoreFigures?>(new StoreFigures(files.Folder, originals, bytes));
    }
}
