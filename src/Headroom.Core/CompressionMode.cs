namespace Headroom;

/// <summary>How far Headroom may go to make an item smaller.</summary>
public enum CompressionMode
{
    /// <summary>Nothing is ever left out: an item is unchanged, or reformatted so that it decodes to the original.</summary>
    Lossless,

    /// <summary>Only items that stay large after reformatting are cut, and only where the cut can be fetched back. The default.</summary>
    Balanced,

    /// <summary>Medium-sized items are cut too, to a smaller remainder. Everything stays retrievable.</summary>
    Aggressive,
}
