namespace Headroom.Storage;

/// <summary>What came of reading an entry.</summary>
/// <param name="State">Whether it is whole.</param>
/// <param name="Original">The original; <see langword="null"/> unless the entry is <see cref="EnvelopeState.Intact"/>.</param>
public readonly record struct EnvelopeReading(EnvelopeState State, string? Original);

/// <summary>The state of an entry in a durable store.</summary>
public enum EnvelopeState
{
    /// <summary>Whole: every piece is there and the text is the one that was stored under this name.</summary>
    Intact,

    /// <summary>A piece is missing, changed, or belongs to another entry.</summary>
    Damaged,

    /// <summary>Encrypted with a key that is not among those given.</summary>
    UnknownKey,

    /// <summary>Written by a newer version of the library.</summary>
    NewerFormat,
}
