using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Internal.Python;

/// <summary>Writes a parsed JSON value as Python shows the same data.</summary>
internal static class ReprWriter
{
    /// <summary>Appends the value at <paramref name="node"/>.</summary>
    public static void Append(StringBuilder target, JsonTape tape, int node, ReprStyle style)
    {
        int end = tape.Next(node);
        var open = new Stack<(int End, char Close, bool IsSingle)>();
        bool afterKey = false, first = true;
        for (int i = node; i < end; i++)
        {
            while (open.Count > 0 && open.Peek().End == i) Close(target, open, out first);
            bool isKey = open.Count > 0 && open.Peek().Close == '}' && !afterKey;
            if (!first && !afterKey) target.Append(", ");
            JsonKind kind = tape.Kind(i);
            first = false;
            if (kind <= JsonKind.Array)
            {
                char close = kind == JsonKind.Object ? '}' : style.IsTuple(open.Count) ? ')' : ']';
                target.Append(close switch { '}' => '{', ')' => '(', _ => '[' });
                open.Push((tape.Next(i), close, close == ')' && tape.Size(i) == 1));
                first = true;
                afterKey = false;
                continue;
            }

            AppendScalar(target, tape, i, isKey, style);
            if (isKey) target.Append(": ");
            afterKey = isKey;
        }

        while (open.Count > 0) Close(target, open, out first);
    }

    /// <summary>Appends a JSON text as Python shows the same data; <see langword="false"/> when it is not JSON.</summary>
    public static bool TryAppend(StringBuilder target, string json, ReprStyle style)
    {
        if (JsonParser.Parse(json) is not { } tape) return false;
        Append(target, tape, 0, style);
        return true;
    }

    private static void AppendScalar(StringBuilder target, JsonTape tape, int node, bool isKey, ReprStyle style)
    {
        switch (tape.Kind(node))
        {
            case JsonKind.True: target.Append("True"); break;
            case JsonKind.False: target.Append("False"); break;
            case JsonKind.Null: target.Append("None"); break;
            case JsonKind.String:
                ReadOnlySpan<char> text = tape.Value(node);
                if (isKey ? style.HasBareKeys && ReprBare.IsKey(text) : style.HasCalls && ReprBare.IsValue(text)) target.Append(text);
                else ReprText.AppendQuoted(target, text);
                break;
            default: target.Append(tape.Raw(node)); break;
        }
    }

    private static void Close(StringBuilder target, Stack<(int End, char Close, bool IsSingle)> open, out bool first)
    {
        (_, char close, bool isSingle) = open.Pop();
        if (isSingle) target.Append(',');
        target.Append(close);
        first = false;
    }
}
