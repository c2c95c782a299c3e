namespace Headroom.PromptCaching;

/// <summary>A text that differs from one request to the next: what it is and where it stands, not what it says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins, in characters.</param>
/// <param name="Length">Its length in characters.</param>
public readonly record struct VolatileText(VolatileTextKind Kind, int Offset, int Length)
{
    /// <summary>Where it ends: the offset of the first character behind it.</summary>
    public int End => Offset + Length;
}
