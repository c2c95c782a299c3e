namespace Headroom.Economics;

/// <summary>Where the input tokens of a request, or of several, came from.</summary>
/// <param name="CachedRead">Tokens read from the prompt cache.</param>
/// <param name="Written">Tokens written to it.</param>
/// <param name="Uncached">Tokens that were neither.</param>
public readonly record struct CacheUsage(long CachedRead, long Written, long Uncached)
{
    /// <summary>All input tokens.</summary>
    public long Input => CachedRead + Written + Uncached;

    /// <summary>The sums of two.</summary>
    public static CacheUsage operator +(CacheUsage left, CacheUsage right) => left.Add(right);

    /// <summary>The sums of this and another.</summary>
    public CacheUsage Add(CacheUsage other) => new(CachedRead + other.CachedRead, Written + other.Written, Uncached + other.Uncached);
}
