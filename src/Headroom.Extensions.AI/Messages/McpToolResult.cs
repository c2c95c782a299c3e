using System.Text.Json;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Recognises the JSON of an MCP <c>CallToolResult</c>, which says the same thing up to three times.</summary>
internal static class McpToolResult
{
    /// <summary>Whether the value is a <c>CallToolResult</c> at all: a list of typed content blocks, and nothing but members of that type.</summary>
    public static bool IsOne(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("content", out JsonElement content) || content.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Name is not ("content" or "structuredContent" or "isError" or "_meta")) return false;
        }

        foreach (JsonElement block in content.EnumerateArray())
        {
            if (block.ValueKind != JsonValueKind.Object || !block.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String) return false;
        }

        return true;
    }

    public static bool IsError(JsonElement result) => result.TryGetProperty("isError", out JsonElement error) && error.ValueKind == JsonValueKind.True;

    /// <summary>The one text that says all the result says, or <see langword="null"/> where there is none.</summary>
    /// <remarks>One plain text block; structured content only if the text is the JSON of the same value, spelled alike; no metadata.</remarks>
    public static string? WholeText(JsonElement result)
    {
        if (HasValue(result, "_meta", out _)) return null;
        JsonElement content = result.GetProperty("content");
        if (content.GetArrayLength() != 1) return null;
        JsonElement block = content[0];
        if (block.GetProperty("type").GetString() != "text" || !block.TryGetProperty("text", out JsonElement text) || text.ValueKind != JsonValueKind.String) return null;
        if (block.EnumerateObject().Count() != 2) return null;
        string whole = text.GetString()!;
        return !HasValue(result, "structuredContent", out JsonElement structured) || IsSameJson(whole, structured) ? whole : null;
    }

    private static bool HasValue(JsonElement result, string name, out JsonElement value) =>
        result.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static bool IsSameJson(string text, JsonElement value)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(text);
            return string.Equals(CompactJson.Write(parsed.RootElement), CompactJson.Write(value), StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
