using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A tool result taken apart: the texts a model should read of it, and how to put it together again when some of them change.</summary>
/// <remarks>
/// Adapters send a string as it is, but any other value as indented JSON and a JSON string quoted and escaped once more. So a value
/// becomes one compact text here, which already saves without a compressor; images and other data are never looked into.
/// </remarks>
internal sealed class ToolResult
{
    private readonly Func<IReadOnlyList<string>, object?> _rebuild;
    private readonly Func<string>? _inflated;

    private ToolResult(IReadOnlyList<string> texts, Func<IReadOnlyList<string>, object?> rebuild, Func<string>? inflated = null)
    {
        Texts = texts;
        _rebuild = rebuild;
        _inflated = inflated;
    }

    /// <summary>The texts, in order; none when the result is not to be touched.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Whether the value itself says that the tool failed.</summary>
    public bool IsError { get; private init; }

    /// <summary>The single text as an adapter would have sent it, where that is not the text itself.</summary>
    public string? InflatedText() => _inflated?.Invoke();

    /// <summary>The result with other texts; the very same object when nothing changes.</summary>
    public object? With(IReadOnlyList<string> texts) => _rebuild(texts);

    /// <summary>Takes a result apart.</summary>
    /// <exception cref="Exception">Whatever the serialiser throws for a value it cannot write.</exception>
    public static ToolResult Read(object? result) => result switch
    {
        string text => new([text], texts => string.Equals(texts[0], text, StringComparison.Ordinal) ? result : texts[0]),
        JsonElement element => ReadJson(element, result),
        IEnumerable<AIContent> contents and (AIContent[] or IList<AIContent>) => ReadContents([.. contents], result),
        TextContent text => ReadContents([text], result),
        null or AIContent or byte[] or Stream or ReadOnlyMemory<byte> => Untouched(result),
        // Anthropic's own type for the content of a result: its adapter sends the blocks, with their cache breakpoints, as they are.
        _ when result.GetType().Name == "ToolResultBlockParamContent" => Untouched(result),
        _ => ReadJson(CompactJson.ToElement(result), result),
    };

    private static ToolResult Untouched(object? result) => new([], _ => result);

    private static ToolResult ReadJson(JsonElement element, object result)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return FromValue(element.GetString()!, element, result);
            case JsonValueKind.Object when McpToolResult.IsOne(element):
                if (McpToolResult.IsError(element)) return FromValue(CompactJson.Write(element), element, result, isError: true);
                return FromValue(McpToolResult.WholeText(element) ?? CompactJson.Write(element), element, result);
            case JsonValueKind.Object or JsonValueKind.Array:
                return FromValue(CompactJson.Write(element), element, result);
            default:
                return Untouched(result); // numbers, true, false and null are sent as they are
        }
    }

    private static ToolResult FromValue(string text, JsonElement element, object result, bool isError = false) =>
        string.IsNullOrWhiteSpace(text) // some services refuse a blank text where they take a quoted one
            ? Untouched(result)
            : new([text], texts => texts[0], () => JsonSerializer.Serialize(element, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonElement)))) { IsError = isError };

    private static ToolResult ReadContents(AIContent[] contents, object result)
    {
        int[] at = [.. Enumerable.Range(0, contents.Length).Where(i => contents[i] is TextContent { Text.Length: > 0 } text && !PinnedMark.IsSet(text.AdditionalProperties))];
        string[] before = [.. at.Select(i => ((TextContent)contents[i]).Text)];
        if (at.Length == 0) return Untouched(result);
        if (contents is [TextContent { AdditionalProperties: null or { Count: 0 }, Annotations: null or { Count: 0 } } only] && !string.IsNullOrWhiteSpace(only.Text))
            return new(before, texts => texts[0]); // a lone plain text needs no envelope
        return new(before, texts =>
        {
            if (texts.SequenceEqual(before, StringComparer.Ordinal)) return result;
            AIContent[] changed = [.. contents];
            for (int i = 0; i < at.Length; i++) changed[at[i]] = ContentCopy.WithText((TextContent)contents[at[i]], texts[i]);
            return result switch { AIContent[] => changed, TextContent => changed[0], _ => changed.ToList() };
        });
    }
}
