using Headroom.Internal.Selection;

namespace Headroom;

/// <summary>What a compressor is told about the text it is given.</summary>
/// <param name="Text">The text. Never empty.</param>
public sealed record CompressionRequest(string Text)
{
    /// <summary>What precedes the item: the last user text, the tool's name and its arguments, one a line. Empty when nothing is known.</summary>
    public string Question { get; init; } = "";

    /// <summary>What the text consists of, where whoever wrote it knows.</summary>
    internal TextRecords? Records { get; init; }
}
