using System.Runtime.InteropServices;
using System.Text.Json;
using Headroom.PromptCaching;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>A part of a request, by reference to what the caller holds: compared without reading texts that are the same instances.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">The index of its message; -1 for what precedes the messages.</param>
/// <param name="Label">A name that belongs to its identity: of a tool, a call, a media type.</param>
/// <param name="Value">Its content: a string, a <see cref="JsonElement"/> or an <see cref="Uri"/>; <see langword="null"/> where only <paramref name="Label"/> is compared.</param>
/// <param name="Length">Its length, in characters or bytes.</param>
internal readonly record struct LivePart(PromptPartKind Kind, int Message, string? Label, object? Value, int Length)
{
    public bool IsPinned => Kind is PromptPartKind.ToolDeclaration or PromptPartKind.System;

    /// <summary>Whether two are the same to a prompt cache. Where they stand does not count.</summary>
    public bool IsSameAs(in LivePart other) =>
        Kind == other.Kind && string.Equals(Label, other.Label, StringComparison.Ordinal)
        && (ReferenceEquals(Value, other.Value) || AreEqual(Value, other.Value));

    /// <summary>The content as a text.</summary>
    public string Text() => Value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        JsonElement { ValueKind: not JsonValueKind.Undefined } element => element.GetRawText(),
        _ => Value?.ToString() ?? "",
    };

    /// <summary>How long a JSON value is, at no cost.</summary>
    public static int LengthOf(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(element).Length;

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (JsonElement a, JsonElement b) when a.ValueKind != JsonValueKind.Undefined && b.ValueKind != JsonValueKind.Undefined =>
            JsonMarshal.GetRawUtf8Value(a).SequenceEqual(JsonMarshal.GetRawUtf8Value(b)),
        // A history that was stored and read again holds as a string what was a JSON string: the model reads the same.
        (string a, JsonElement { ValueKind: JsonValueKind.String } b) => b.ValueEquals(a),
        (JsonElement { ValueKind: JsonValueKind.String } a, string b) => a.ValueEquals(b),
        _ => Equals(left, right),
    };
}
