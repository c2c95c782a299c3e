using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Headroom.Cli.Wire;

/// <summary>Reads members of JSON that may be absent or of another type than expected: such a member is <see langword="null"/>.</summary>
internal static class JsonFields
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Parses bytes as one JSON value; <see langword="null"/> where they are none.</summary>
    public static JsonElement? TryParse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options).RootElement; // the bytes live as long as what is read from them
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static bool Has(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

    /// <summary>The text of a string; lone surrogates stay what they are.</summary>
    public static string? Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? JsonText.Decode(JsonMarshal.GetRawUtf8Value(element)[1..^1]) : null;

    public static string? Text(this JsonElement element, string name) => element.Field(name)?.Text();

    public static JsonElement? Object(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The elements of an array member; none for any other.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => (element.Field(name)?.Items()) ?? [];

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    public static bool IsArray(this JsonElement element, string name) => element.Field(name) is { ValueKind: JsonValueKind.Array };

    public static bool IsTrue(this JsonElement element, string name) => element.Field(name) is { ValueKind: JsonValueKind.True };

    /// <summary>A count; fractions and negative numbers are none.</summary>
    public static long? Count(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long count) && count >= 0 ? count : null;

    /// <summary>A moment: an ISO 8601 text, or seconds or milliseconds since 1970.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, string name)
    {
        if (element.Field(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String)
            return DateTimeOffset.TryParse(value.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number) || number is not (> 0 and < 4e12)) return null;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)(number < 4e10 ? number * 1000 : number));
    }

    /// <summary>A value as a model would read it: a string as its text, anything else as JSON on as few lines as it was written.</summary>
    public static string Wire(this JsonElement element) => element.Text() ?? element.GetRawText();
}
