namespace Headroom.Internal.Python;

/// <summary>What the repr of Python data shows that its JSON does not: with it the JSON is spelled as Python spelled it.</summary>
/// <param name="Tuples">The levels whose sequences are tuples, one bit a level from the outermost; those of all others are lists.</param>
/// <param name="HasCalls">Whether strings that read like a call or another bare value (<c>Decimal('1.20')</c>, <c>nan</c>) stand without quotes.</param>
/// <param name="HasBareKeys">Whether keys that read like a number or another bare value stand without quotes.</param>
internal readonly record struct ReprStyle(ulong Tuples, bool HasCalls, bool HasBareKeys)
{
    /// <summary>Levels of nesting a style can describe: one bit each.</summary>
    public const int MaxDepth = 64;

    /// <summary>Whether sequences are tuples inside <paramref name="depth"/> other containers.</summary>
    public bool IsTuple(int depth) => depth < MaxDepth && (Tuples >> depth & 1) != 0;
}
