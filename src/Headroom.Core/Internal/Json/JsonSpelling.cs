namespace Headroom.Internal.Json;

/// <summary>The white space programs put between the tokens of JSON they write.</summary>
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
}
