using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A tool result taken apart: the texts a model should read of it, and how to put it together again when some of them change.</summary>
/// <remarks>
/// Adapters send a string as it is, but any other value as indented JSON and a JSON string quoted and escaped once more. So a value
/// becomes one compact text here, which already saves without a compressor; images and other data are never looked into, nor held.
/// </remarks>
internal sealed class ToolResult
{
    private readonly Shape _shape;
    private readonly object? _value;
    private readonly JsonElement _json;

    private ToolResult(Shape shape, string[] texts, object? value = null, JsonElement json = default)
    {
        _shape = shape;
        Texts = texts;
        _value = value;
        _json = json;
    }

    private enum Shape
    {
        /// <summary>Passes as it is.</summary>
        Untouched,

        /// <summary>A string.</summary>
        Text,

        /// <summary>A value that is sent as JSON.</summary>
        Json,

        /// <summary>One content that says no more than its text.</summary>
        LoneText,

        /// <summary>Contents, some of them texts.</summary>
        Contents,
    }

    /// <summary>The texts, in order; none when the result is not to be touched.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Whether the value itself says that the tool failed.</summary>
    public bool IsError { get; private init; }

    /// <summary>Memory of the JSON that is kept to compare with, in characters of two bytes: its bytes, and about as much again for its index.</summary>
    public long JsonCharacters => JsonEquality.RawLength(_json);

    /// <summary>The single text as an adapter would have sent it, where that is not the text itself.</summary>
    public string? InflatedText() =>
        _shape == Shape.Json ? JsonSerializer.Serialize(_json, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonElement))) : null;

    /// <summary>A result with other texts; the very same object when nothing changes.</summary>
    /// <param name="result">The result, or one like it.</param>
    /// <param name="texts">The texts.</param>
    public object? With(object? result, IReadOnlyList<string> texts) => _shape switch
    {
        Shape.Untouched => result,
        Shape.Text => string.Equals(texts[0], (string?)result, StringComparison.Ordinal) ? result : texts[0],
        Shape.Json or Shape.LoneText => texts[0],
        _ => texts.SequenceEqual(Texts, StringComparer.Ordinal) ? result : WithContents(result!, texts),
    };

    /// <summary>Whether a result reads the same as this one. A value that is neither text nor JSON nor contents can have changed unseen, and is read anew to tell.</summary>
    /// <exception cref="Exception">Whatever the serialiser throws for a value it cannot write.</exception>
    public bool IsLike(object? result) => result switch
    {
        string text => _shape == Shape.Text && string.Equals(text, Texts[0], StringComparison.Ordinal),
        JsonElement json => ReferenceEquals(result, _value) || (_value is JsonElement && JsonEquality.AreSame(json, _json)),
        TextContent or IList<AIContent> => IsLikeContents(result),
        _ => _value is null && Read(result) is var read && read._shape == _shape && read.IsError == IsError
            && read.Texts.SequenceEqual(Texts, StringComparer.Ordinal) && (_shape != Shape.Json || JsonEquality.AreSame(read._json, _json)),
    };

    /// <summary>Takes a result apart.</summary>
    /// <exception cref="Exception">Whatever the serialiser throws for a value it cannot write.</exception>
    public static ToolResult Read(object? result) => result switch
    {
        string text => new(Shape.Text, [text], result),
        JsonElement { ValueKind: JsonValueKind.Undefined } => new(Shape.Untouched, [], result),
        JsonElement => ReadKept(JsonEquality.Kept(result)),
        IList<AIContent> contents => ReadContents([.. contents]),
        TextContent text => ReadContents([text]),
        null or AIContent or byte[] or Stream or ReadOnlyMemory<byte> => new(Shape.Untouched, []),
        // Anthropic's own type for the content of a result: its adapter sends the blocks, with their cache breakpoints, as they are.
        _ when result.GetType().Name == "ToolResultBlockParamContent" => new(Shape.Untouched, []),
        _ => ReadJson(CompactJson.ToElement(result), null),
    };

    private static ToolResult ReadKept(object json) => ReadJson((JsonElement)json, json);

    private static ToolResult ReadJson(JsonElement element, object? value)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return FromJson(element.GetString()!, element, value);
            case JsonValueKind.Object when McpToolResult.IsOne(element):
                if (McpToolResult.IsError(element)) return FromJson(CompactJson.Write(element), element, value, isError: true);
                return FromJson(McpToolResult.WholeText(element) ?? CompactJson.Write(element), element, value);
            case JsonValueKind.Object or JsonValueKind.Array:
                return FromJson(CompactJson.Write(element), element, value);
            default:
                return new(Shape.Untouched, [], value, element); // numbers, true, false and null are sent as they are
        }
    }

    private static ToolResult FromJson(string text, JsonElement element, object? value, bool isError = false) =>
        string.IsNullOrWhiteSpace(text) // some services refuse a blank text where they take a quoted one
            ? new(Shape.Untouched, [], value, element)
            : new(Shape.Json, [text], value, element) { IsError = isError };

    private static ToolResult ReadContents(AIContent[] contents)
    {
        string[] texts = [.. contents.Where(IsText).Select(c => ((TextContent)c).Text)];
        return new(ShapeOf(texts.Length, contents.Length, contents.Length == 1 ? contents[0] : null), texts);
    }

    private bool IsLikeContents(object result)
    {
        var list = result as IList<AIContent>;
        int count = list?.Count ?? 1, texts = 0;
        for (int i = 0; i < count; i++)
        {
            AIContent content = list is null ? (AIContent)result : list[i];
            if (!IsText(content)) continue;
            if (texts == Texts.Count || !string.Equals(((TextContent)content).Text, Texts[texts++], StringComparison.Ordinal)) return false;
        }

        return texts == Texts.Count && _value is null && ShapeOf(texts, count, count != 1 ? null : list is null ? (AIContent)result : list[0]) == _shape;
    }

    /// <summary>A lone plain text needs no envelope.</summary>
    private static Shape ShapeOf(int texts, int contents, AIContent? only) =>
        texts == 0 ? Shape.Untouched
        : contents == 1 && only is TextContent { AdditionalProperties: null or { Count: 0 }, Annotations: null or { Count: 0 } } text && !string.IsNullOrWhiteSpace(text.Text) ? Shape.LoneText
        : Shape.Contents;

    private static object WithContents(object result, IReadOnlyList<string> texts)
    {
        AIContent[] changed = result is IList<AIContent> contents ? [.. contents] : [(AIContent)result];
        for (int i = 0, text = 0; i < changed.Length; i++)
        {
            if (IsText(changed[i])) changed[i] = ContentCopy.WithText((TextContent)changed[i], texts[text++]);
        }

        return result switch { AIContent[] => changed, TextContent => changed[0], _ => changed.ToList() };
    }

    private static bool IsText(AIContent content) => content is TextContent { Text.Length: > 0 } && !PinnedMark.IsSet(content.AdditionalProperties);
}
