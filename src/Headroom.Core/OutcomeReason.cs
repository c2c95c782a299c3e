namespace Headroom;

/// <summary>Why an item has the form it has. One member per cause; names are stable and appear in metrics.</summary>
public enum OutcomeReason
{
    /// <summary>A smaller form was found, proven and used.</summary>
    Compressed,

    /// <summary>The item is not a tool result and was not marked compressible.</summary>
    RoleNotCompressible,

    /// <summary>The caller pinned the item.</summary>
    Pinned,

    /// <summary>The item reports an error; errors pass verbatim.</summary>
    ErrorResult,

    /// <summary>The item is the answer to a retrieval call; what was asked back is never compressed again.</summary>
    RetrievedText,

    /// <summary>The text already is Headroom's output, or contains lines that look like its markers.</summary>
    AlreadyCompressed,

    /// <summary>The text is so short that no form of it could save a token worth having.</summary>
    TooSmall,

    /// <summary>The text is longer than <see cref="HeadroomOptions.MaxItemCharacters"/>.</summary>
    TooLarge,

    /// <summary>No compressor recognised the text.</summary>
    NoCompressor,

    /// <summary>Compressors ran, but nothing they proposed has fewer tokens than the original.</summary>
    NothingSmaller,

    /// <summary>Something smaller was proposed, but it did not decode to the original.</summary>
    ProofFailed,

    /// <summary>A compressor failed on this text; the original passes.</summary>
    CompressorFailed,

    /// <summary>The conversation came near the end of the context window, and this older result gave way to a marker; it can be retrieved.</summary>
    MadeRoom,
}
