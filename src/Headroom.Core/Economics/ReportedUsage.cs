namespace Headroom.Economics;

/// <summary>Token counts a provider reported, for one request or summed over several. What a provider does not report counts as 0.</summary>
/// <param name="Input">All input tokens, those from and into the cache included.</param>
/// <param name="CachedRead">Input tokens read from the prompt cache.</param>
/// <param name="CacheWritten">Input tokens written to it.</param>
/// <param name="Output">Output tokens.</param>
public readonly record struct ReportedUsage(long Input, long CachedRead, long CacheWritten, long Output)
{
    /// <summary>The sums of two.</summary>
    public static ReportedUsage operator +(ReportedUsage left, ReportedUsage right) => left.Add(right);

    /// <summary>The sums of this and another.</summary>
    public ReportedUsage Add(ReportedUsage other) =>
        new(Input + other.Input, CachedRead + other.CachedRead, CacheWritten + other.CacheWritten, Output + other.Output);

    /// <summary>The input, by where it came from. A provider whose parts exceed its whole is believed in the parts.</summary>
    internal CacheUsage ByOrigin() => new(CachedRead, CacheWritten, Math.Max(0, Input - CachedRead - CacheWritten));
}
