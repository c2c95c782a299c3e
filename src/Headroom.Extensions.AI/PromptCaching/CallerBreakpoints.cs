using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Recognises the cache breakpoints a caller sets, under the keys adapters read.</summary>
internal static class CallerBreakpoints
{
    /// <summary>
    /// Anthropic's official adapter on contents and, by the property's name, on tools; Amazon Bedrock's on messages; and the names of the providers' own fields.
    /// The dictionary ignores case.
    /// </summary>
    private static readonly string[] s_keys = [AnthropicCacheControl.Key, "CacheControl", "CachePoint", "cache_control", "cache_point"];

    public static bool IsSet(IReadOnlyDictionary<string, object?>? properties)
    {
        if (properties is not { Count: > 0 }) return false;
        foreach (string key in s_keys)
        {
            if (properties.TryGetValue(key, out object? value) && value is not null) return true;
        }

        return false;
    }

    /// <summary>Whether a content is sent in a raw form of Anthropic's made by the caller, which may hold a breakpoint nobody else sees. What the model returns is of other types.</summary>
    public static bool IsHidden(AIContent content) => content.RawRepresentation is { } raw && raw.GetType().Name.EndsWith("BlockParam", StringComparison.Ordinal);
}
