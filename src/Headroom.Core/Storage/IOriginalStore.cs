namespace Headroom.Storage;

/// <summary>Keeps originals so that what was left out can be fetched back.</summary>
/// <remarks>
/// <para>Thread-safe. Implementations may do I/O; callers treat any exception but cancellation as "not stored" or "unavailable", and bound how long they wait.</para>
/// <para>Only what <see cref="OriginalId.IsWellFormed"/> accepts is an id: under anything else nothing is stored and nothing is found, and nothing is thrown.
/// A scope may be any text. What one scope holds cannot be told from another.</para>
/// <para>A store that makes room drops what has been idle for longest; putting, getting and keeping all count as use.</para>
/// </remarks>
public interface IOriginalStore
{
    /// <summary>Stores an original and reads it back from where it will later be read. Putting the same again is cheap and counts as use.</summary>
    /// <returns>
    /// <see langword="true"/> only when the read-back returned the same text; <see langword="false"/> when it did not, when there is no room, or when another
    /// text has this id, which then stays.
    /// </returns>
    ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default);

    /// <summary>Fetches an original.</summary>
    /// <returns>
    /// The original; or <see cref="OriginalStatus.Evicted"/> where the store knows that it once held it, <see cref="OriginalStatus.Unavailable"/> where it
    /// could not be asked or what it holds is damaged, else <see cref="OriginalStatus.Unknown"/>.
    /// </returns>
    ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default);

    /// <summary>Says that a conversation still refers to originals, so that they are not dropped as idle. Called often: must be cheap.</summary>
    /// <param name="keys">The originals.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Those that are not stored for sure any more, and should be put again by who has their text.</returns>
    /// <remarks>The default does nothing, which is right for a store that never drops anything.</remarks>
    ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<OriginalKey>>([]);
}
