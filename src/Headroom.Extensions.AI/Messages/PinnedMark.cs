using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>The mark of what a caller wants sent as it is.</summary>
internal static class PinnedMark
{
    private const string Key = "headroom.pinned";

    public static AdditionalPropertiesDictionary Set(AdditionalPropertiesDictionary? properties)
    {
        properties ??= [];
        properties[Key] = true;
        return properties;
    }

    /// <summary>Whether the mark is set. It may have been through JSON in a persisted history: a boolean then is a JsonElement or a text.</summary>
    public static bool IsSet(AdditionalPropertiesDictionary? properties) =>
        properties is { Count: > 0 } && properties.TryGetValue(Key, out object? mark) && string.Equals(mark?.ToString(), bool.TrueString, StringComparison.OrdinalIgnoreCase);
}
