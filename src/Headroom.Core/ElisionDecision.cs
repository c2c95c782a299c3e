namespace Headroom;

/// <summary>Whether an item was cut, and if not, what stood in the way. Names are stable and appear in metrics.</summary>
public enum ElisionDecision
{
    /// <summary>The mode is lossless, or the item was not compressible at all.</summary>
    NotConsidered,

    /// <summary>The item was cut.</summary>
    Elided,

    /// <summary>The item is small enough to be sent whole.</summary>
    BelowThreshold,

    /// <summary>The model cannot call the retrieval tool in this conversation.</summary>
    RetrievalUnavailable,

    /// <summary>The original could not be stored and read back.</summary>
    StoreUnavailable,

    /// <summary>No compressor knows what to leave out of this text.</summary>
    NoCandidate,

    /// <summary>The text contains lines that look like markers; cutting it could mislead a reader.</summary>
    MarkerLookAlike,

    /// <summary>Cutting would not save enough to be worth the risk of a retrieval.</summary>
    NotWorthwhile,
}
