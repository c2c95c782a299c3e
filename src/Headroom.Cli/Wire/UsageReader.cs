using System.Text.Json;
using Headroom.Economics;

namespace Headroom.Cli.Wire;

/// <summary>Reads token counts as providers spell them.</summary>
internal static class UsageReader
{
    /// <summary>The counts of a usage object; <see langword="null"/> where it holds no count of input.</summary>
    public static WireUsage? Read(JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.Object } usage) return null;
        if (usage.Count("prompt_tokens") is { } prompt) return OpenAI(usage, prompt, usage.Count("completion_tokens"), usage.Object("prompt_tokens_details"));
        if (usage.Count("input_tokens") is { } input)
        {
            // Anthropic counts cache reads and writes beside the input, everyone else inside it.
            bool beside = usage.Has("cache_read_input_tokens") || usage.Has("cache_creation_input_tokens");
            return beside ? Anthropic(usage, input) : OpenAI(usage, input, usage.Count("output_tokens"), usage.Object("input_tokens_details"));
        }

        if (usage.Count("promptTokenCount") is { } total)
            return Of(total, usage.Count("cachedContentTokenCount"), null, (usage.Count("candidatesTokenCount") ?? 0) + (usage.Count("thoughtsTokenCount") ?? 0));
        return null;
    }

    private static WireUsage Anthropic(JsonElement usage, long uncached)
    {
        long read = usage.Count("cache_read_input_tokens") ?? 0, written = usage.Count("cache_creation_input_tokens") ?? 0;
        long hour = usage.Object("cache_creation")?.Count("ephemeral_1h_input_tokens") ?? 0;
        return new WireUsage(new ReportedUsage(uncached + read + written, read, written, usage.Count("output_tokens") ?? 0), hour);
    }

    /// <summary>OpenAI's chat and responses, Codex, and those who follow them; DeepSeek names its cache hits at the top.</summary>
    private static WireUsage OpenAI(JsonElement usage, long input, long? output, JsonElement? details) => Of(
        input,
        details?.Count("cached_tokens") ?? usage.Count("cached_input_tokens") ?? usage.Count("prompt_cache_hit_tokens") ?? usage.Count("cache_read_input_tokens"),
        details?.Count("cache_write_tokens") ?? usage.Count("cache_write_input_tokens") ?? usage.Count("cache_creation_input_tokens"),
        output);

    private static WireUsage Of(long input, long? read, long? written, long? output) => new(new ReportedUsage(input, read ?? 0, written ?? 0, output ?? 0), 0);
}
