using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Writes values as one line of JSON: what adapters send, less the indentation they add.</summary>
internal static class CompactJson
{
    // The escaping adapters use: only what JSON demands. Number spelling, key order and duplicate keys are kept by JsonElement.WriteTo.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options)) element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A value as the JSON an adapter would make of it.</summary>
    /// <exception cref="Exception">Whatever the serialiser throws for a value it cannot write.</exception>
    public static JsonElement ToElement(object value) =>
        JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object)));

    /// <summary>Arguments of a call as one line of JSON.</summary>
    public static string WriteArguments(IEnumerable<KeyValuePair<string, object?>> arguments) =>
        Write(ToElement(new Dictionary<string, object?>(arguments)));
}
