namespace Headroom.Storage;

/// <summary>The answer of a store: the original, or why there is none.</summary>
/// <param name="Status">Whether the original was found.</param>
/// <param name="Text">The original, when found.</param>
public readonly record struct OriginalLookup(OriginalStatus Status, string? Text)
{
    /// <summary>The store never held this id in this scope, as far as it knows.</summary>
    public static OriginalLookup Unknown => new(OriginalStatus.Unknown, null);

    /// <summary>The store held this id, but no longer does.</summary>
    public static OriginalLookup Evicted => new(OriginalStatus.Evicted, null);

    /// <summary>The store could not be asked.</summary>
    public static OriginalLookup Unavailable => new(OriginalStatus.Unavailable, null);

    /// <summary>The original.</summary>
    public static OriginalLookup Found(string text) => new(OriginalStatus.Found, text);
}

/// <summary>What a store knows about an id.</summary>
public enum OriginalStatus
{
    /// <summary>Never stored in this scope, as far as the store knows.</summary>
    Unknown,

    /// <summary>Found.</summary>
    Found,

    /// <summary>Once stored, since evicted or expired.</summary>
    Evicted,

    /// <summary>The store failed to answer.</summary>
    Unavailable,
}
