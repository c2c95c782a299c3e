using System.Text;
using Headroom.Internal.Python;

namespace Headroom.Internal.Json;

/// <summary>Writes a parsed value in one of the usual spellings, strings with as few escapes as may be.</summary>
internal static class JsonWriter
{
    /// <summary>The spellings this writer knows.</summary>
    public static IReadOnlyList<JsonSpelling> Spellings { get; } = [JsonSpelling.Compact, JsonSpelling.Spaced, JsonSpelling.Indent2, JsonSpelling.Indent4];

    /// <summary>Appends the value at <paramref name="node"/>.</summary>
    public static void Append(StringBuilder target, JsonTape tape, int node, JsonSpelling spelling = JsonSpelling.Compact)
    {
        if (spelling == JsonSpelling.Python)
        {
            ReprWriter.Append(target, tape, node, default);
            return;
        }

        int end = tape.Next(node);
        int indent = spelling switch { JsonSpelling.Indent2 => 2, JsonSpelling.Indent4 => 4, _ => 0 };
        var open = new Stack<(int End, bool IsObject)>();
        bool afterKey = false, first = true;
        for (int i = node; i < end; i++)
        {
            while (open.Count > 0 && open.Peek().End == i) Close(target, open, ref first, indent);
            bool isKey = open.Count > 0 && open.Peek().IsObject && !afterKey;
            if (!first && !afterKey) target.Append(',');
            if (open.Count > 0 && !afterKey) Break(target, indent, open.Count, spelling == JsonSpelling.Spaced && !first);
            JsonKind kind = tape.Kind(i);
            first = false;
            if (kind <= JsonKind.Array)
            {
                target.Append(kind == JsonKind.Object ? '{' : '[');
                open.Push((tape.Next(i), kind == JsonKind.Object));
                first = true;
                afterKey = false;
                continue;
            }

            AppendScalar(target, tape, i);
            if (isKey) target.Append(spelling == JsonSpelling.Compact ? ":" : ": ");
            afterKey = isKey;
        }

        while (open.Count > 0) Close(target, open, ref first, indent);
    }

    /// <summary>Appends a key or a value that is not a container.</summary>
    public static void AppendScalar(StringBuilder target, JsonTape tape, int node)
    {
        if (tape.Kind(node) != JsonKind.String) target.Append(tape.Raw(node));
        else if (tape.HasEscapes(node)) JsonText.AppendQuoted(target, tape.Value(node));
        else target.Append(tape.Text, tape.Start(node) - 1, tape.End(node) - tape.Start(node) + 2);
    }

    /// <summary>The spelling that reproduces the text of a tape exactly; <see langword="null"/> when none does.</summary>
    public static JsonSpelling? FindSpelling(JsonTape tape)
    {
        foreach (JsonSpelling spelling in Spellings)
        {
            if (!Looks(tape, spelling)) continue;
            var text = new StringBuilder(tape.Text.Length);
            Append(text, tape, 0, spelling);
            if (text.Equals(tape.Text)) return spelling;
        }

        return null;
    }

    /// <summary>Whether what follows the first bracket could be of a spelling: spares writing the whole text to find out.</summary>
    public static bool Looks(JsonTape tape, JsonSpelling spelling)
    {
        ReadOnlySpan<char> text = tape.Text;
        if (tape.Size(0) == 0) return spelling == JsonSpelling.Compact;
        return spelling switch
        {
            JsonSpelling.Indent2 => text.Length > 4 && text[1..].StartsWith("\n  ", StringComparison.Ordinal) && text[4] != ' ',
            JsonSpelling.Indent4 => text[1..].StartsWith("\n    ", StringComparison.Ordinal),
            _ => text.Length > 1 && text[1] is not ('\n' or ' '),
        };
    }

    private static void Break(StringBuilder target, int indent, int depth, bool blank)
    {
        if (indent > 0) target.Append('\n').Append(' ', indent * depth);
        else if (blank) target.Append(' ');
    }

    private static void Close(StringBuilder target, Stack<(int End, bool IsObject)> open, ref bool first, int indent)
    {
        bool isObject = open.Pop().IsObject;
        if (!first) Break(target, indent, open.Count, false);
        target.Append(isObject ? '}' : ']');
        first = false;
    }
}
