namespace Headroom.Internal.Json;

/// <summary>What a node of a <see cref="JsonTape"/> is.</summary>
internal enum JsonKind : byte
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,

    /// <summary>A line that is not JSON, between lines that are.</summary>
    Raw,
}
