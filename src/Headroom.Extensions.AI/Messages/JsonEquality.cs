using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Tells, faster than they could be read, whether values of a message are those seen before.</summary>
internal static class JsonEquality
{
    /// <summary>A value to compare with later: of an element whose document the caller may dispose of, a copy.</summary>
    public static object Kept(object value)
    {
        if (value is not JsonElement { ValueKind: not JsonValueKind.Undefined } element) return value;
        JsonElement copy = element.Clone();
        return Unsafe.AreSame(in MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(element)), in MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(copy))) ? value : copy;
    }

    /// <summary>Whether two elements are spelled alike, byte for byte.</summary>
    public static bool AreSame(JsonElement left, JsonElement right)
    {
        try
        {
            return left.ValueKind == right.ValueKind
                && (left.ValueKind == JsonValueKind.Undefined || JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right)));
        }
        catch (ObjectDisposedException)
        {
            return false; // the caller's document is gone
        }
    }

    /// <summary>Whether two values say the same and cannot change: where that is not known, <see langword="false"/>.</summary>
    public static bool AreSame(object? left, object? right) => left switch
    {
        null => right is null,
        string text => right is string other && string.Equals(text, other, StringComparison.Ordinal),
        JsonElement json => right is JsonElement other && (ReferenceEquals(left, right) || AreSame(json, other)),
        bool or int or long => left.Equals(right),
        _ => false, // a double of the same value may be spelled differently, and an object of the application may change
    };

    /// <summary>Bytes of an element.</summary>
    public static int RawLength(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(element).Length;
}
