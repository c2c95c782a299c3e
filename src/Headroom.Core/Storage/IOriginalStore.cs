namespace Headroom.Storage;

/// <summary>Keeps originals so that what was left out can be fetched back.</summary>
/// <remarks>Thread-safe. Implementations may do I/O; callers treat any exception but cancellation as "not stored".</remarks>
public interface IOriginalStore
{
    /// <summary>Stores an original and reads it back from where it will later be read.</summary>
    /// <returns><see langword="true"/> only when the read-back returned the same text.</returns>
    ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default);

    /// <summary>Fetches an original.</summary>
    ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default);
}
