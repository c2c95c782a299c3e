namespace Headroom.Internal.Json;

/// <summary>How programs spell the data they write: the white space between the tokens of JSON, or Python's own notation.</summary>
internal enum JsonSpelling
{
    /// <summary>None.</summary>
    Compact,

    /// <summary>A blank after commas and colons, as Python writes it.</summary>
    Spaced,

    /// <summary>A line for each value, indented by two blanks a level.</summary>
    Indent2,

    /// <summary>A line for each value, indented by four blanks a level.</summary>
    Indent4,

    /// <summary>Not JSON, but what Python shows of the same data: lists, dicts, strings in apostrophes, True, False and None.</summary>
    Python,
}
