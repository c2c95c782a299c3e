namespace Headroom;

/// <summary>In what sense the decoded form of a reformatted text equals the original.</summary>
public enum Equivalence
{
    /// <summary>Every UTF-16 code unit is the same.</summary>
    Bytes,

    /// <summary>The same JSON value: key order, duplicate keys and number spelling kept; white space between tokens and the spelling of string escapes free.</summary>
    Json,

    /// <summary>One JSON value a line, each equal as in <see cref="Json"/>; blank lines and white space around values free.</summary>
    NdJson,

    /// <summary>The same screen: colour codes, overwritten text, trailing blanks of lines and trailing empty lines free.</summary>
    Screen,

    /// <summary>The same screen, and JSON values embedded in it equal as in <see cref="Json"/>.</summary>
    Mixed,
}
