using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>The mark that makes a text of the user compressible.</summary>
internal static class CompressibleText
{
    private const string MarkKey = "headroom.compressible";
    private const string QueryKey = "headroom.query";

    public static void Mark(TextContent content, string? query)
    {
        content.AdditionalProperties ??= [];
        content.AdditionalProperties[MarkKey] = true;
        if (query is null) content.AdditionalProperties.Remove(QueryKey);
        else content.AdditionalProperties[QueryKey] = query;
    }

    public static bool IsMarked(TextContent content, out string? query)
    {
        query = null;
        // Marks may have been through JSON in a persisted history: a boolean then is a JsonElement or a text.
        if (content.AdditionalProperties is not { } properties || !properties.TryGetValue(MarkKey, out object? mark)) return false;
        if (!string.Equals(mark?.ToString(), bool.TrueString, StringComparison.OrdinalIgnoreCase)) return false;
        query = properties.TryGetValue(QueryKey, out object? value) ? value?.ToString() : null;
        return true;
    }
}
