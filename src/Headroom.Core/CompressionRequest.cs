using Headroom.Internal.Selection;

namespace Headroom;

/// <summary>What a compressor is told about the text it is given.</summary>
/// <param name="Text">The text. Never empty.</param>
public sealed record CompressionRequest(string Text)
{
    /// <summary>What precedes the item: the last user text, the tool's name and its arguments, one a line. Empty when nothing is known.</summary>
    public string Question { get; init; } = "";

    /// <summary>Whether the text is a part of a longer one: the contents of a fence, a paragraph, what stands between two tags.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsPart { get; init; }

    /// <summary>What the text consists of, where whoever wrote it knows.</summary>
    internal TextRecords? Records { get; init; }
}
