using System.Globalization;
using System.Text.Json;

namespace Headroom.Conversation.References;

/// <summary>Finds the texts in the arguments of a call: a file that is written, a patch, a script.</summary>
internal static class CallTexts
{
    /// <summary>Shorter arguments hold nothing worth pointing at, in characters.</summary>
    private const int MinCharacters = 100;

    /// <summary>The string values of a JSON object that are long enough to point at, in order, each with its path. Nothing where the arguments are not JSON.</summary>
    public static List<(string Name, string Text)> Of(string arguments)
    {
        List<(string, string)> texts = [];
        if (arguments.Length < MinCharacters || !arguments.AsSpan().TrimStart().StartsWith("{")) return texts;
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments); // its own bound on depth, 64, bounds Collect too
            Collect("", document.RootElement, texts);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            texts.Clear(); // cut off, or half a surrogate pair in it: then nothing can be pointed at
        }

        return texts;
    }

    private static void Collect(string path, JsonElement value, List<(string Name, string Text)> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject()) Collect(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, texts);
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement element in value.EnumerateArray()) Collect(string.Create(CultureInfo.InvariantCulture, $"{path}({index++})"), element, texts);
                break;
            case JsonValueKind.String when value.GetString() is { Length: >= MinCharacters } text:
                texts.Add((CallLabel.OneLine(path), text));
                break;
        }
    }
}
