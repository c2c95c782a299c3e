namespace Headroom.Internal.Json;

/// <summary>Value equality of JSON texts: key order, duplicate keys and number spelling count; white space and the spelling of escapes do not.</summary>
internal static class JsonEquality
{
    /// <summary>Whether both texts are one JSON value each, and the same.</summary>
    public static bool SameValue(string left, string right) => false;

    /// <summary>Whether both texts hold the same JSON values, one a line. Blank lines are free.</summary>
    public static bool SameLines(string left, string right) => false;

    /// <summary>Whether both texts are the same but for the white space and escapes of JSON values embedded in them.</summary>
    public static bool SameEmbedded(string left, string right) => false;
}
