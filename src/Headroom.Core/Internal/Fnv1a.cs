namespace Headroom.Internal;

/// <summary>The FNV-1a hash over 64 bits: the same on every machine, unlike the hashes of strings, so that what depends on it stays deterministic.</summary>
/// <remarks>Characters are mixed in whole, not byte by byte. <see href="https://datatracker.ietf.org/doc/draft-eastlake-fnv/"/></remarks>
internal static class Fnv1a
{
    /// <summary>The offset basis: the hash of nothing.</summary>
    public const ulong Seed = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <summary>The hash with one more value.</summary>
    public static ulong Mix(ulong hash, ulong value) => (hash ^ value) * Prime;

    /// <summary>The hash of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = Seed;
        foreach (char c in text) hash = Mix(hash, c);
        return hash;
    }

    /// <summary>The hash of a text with its high bits folded into its low ones, to be combined with others.</summary>
    public static ulong Folded(ReadOnlySpan<char> text)
    {
        ulong hash = Of(text);
        return hash ^ (hash >> 29);
    }
}
