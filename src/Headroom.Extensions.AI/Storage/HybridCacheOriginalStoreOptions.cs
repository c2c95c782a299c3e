using Headroom.Storage;

namespace Headroom.Extensions.AI.Storage;

/// <summary>Settings of a <see cref="HybridCacheOriginalStore"/>.</summary>
public sealed class HybridCacheOriginalStoreOptions
{
    /// <summary>Whether the cache has a distributed second level, in which originals must be found when they are read back.</summary>
    /// <value>
    /// The default is <see langword="true"/>: without a second level nothing can be read back from it, so nothing is stored. <see langword="false"/>
    /// keeps originals in this process only, where memory pressure may drop them. <c>AddHeadroom</c> finds out by itself.
    /// </value>
    public bool HasDistributedCache { get; set; } = true;

    /// <summary>How long originals are kept after they were last put.</summary>
    /// <value>The default is 30 days. Range 1 minute to 10 years: beyond, caches begin to keep nothing at all.</value>
    public TimeSpan Expiration { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Bytes in one cache entry at most. Must be below the cache's own limit, over which it keeps nothing in its second level and says nothing.</summary>
    /// <value>The default is 512 KiB, half the default limit of <c>HybridCache</c>. Range 2 KiB to 64 MiB.</value>
    public int PieceBytes { get; set; } = OriginalEnvelope.DefaultPieceBytes;

    /// <summary>Keys to encrypt originals with, in both levels of the cache.</summary>
    /// <value>The default is <see langword="null"/>: they are in the clear.</value>
    public OriginalEncryption? Encryption { get; set; }

    internal void Validate()
    {
        if (Expiration < TimeSpan.FromMinutes(1) || Expiration > TimeSpan.FromDays(3660))
            throw new ArgumentException($"Expiration: {Expiration} is outside 1 minute to 10 years.");
        if (PieceBytes is < 2 * OriginalEnvelope.MinPieceBytes or > OriginalEnvelope.MaxPieceBytes)
            throw new ArgumentException($"PieceBytes: {PieceBytes} is outside 2 KiB to 64 MiB.");
    }
}
