using System.Text;

namespace Headroom.Internal.Json;

/// <summary>Writes a parsed value without white space, strings in their shortest spelling.</summary>
internal static class JsonCompactWriter
{
    /// <summary>Appends the value at <paramref name="node"/>.</summary>
    public static void Append(StringBuilder target, JsonTape tape, int node)
    {
        int end = tape.Next(node);
        var open = new Stack<(int End, bool IsObject)>();
        bool afterKey = false, first = true;
        for (int i = node; i < end; i++)
        {
            while (open.Count > 0 && open.Peek().End == i) Close(target, open, ref first);
            bool isKey = open.Count > 0 && open.Peek().IsObject && !afterKey;
            if (!first && !afterKey) target.Append(',');
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
            if (isKey) target.Append(':');
            afterKey = isKey;
        }

        while (open.Count > 0) Close(target, open, ref first);
    }

    /// <summary>Appends a key or a value that is not a container.</summary>
    public static void AppendScalar(StringBuilder target, JsonTape tape, int node)
    {
        if (tape.Kind(node) != JsonKind.String) target.Append(tape.Raw(node));
        else if (tape.HasEscapes(node)) JsonText.AppendQuoted(target, tape.Value(node));
        else target.Append(tape.Text, tape.Start(node) - 1, tape.End(node) - tape.Start(node) + 2);
    }

    private static void Close(StringBuilder target, Stack<(int End, bool IsObject)> open, ref bool first)
    {
        target.Append(open.Pop().IsObject ? '}' : ']');
        first = false;
    }
}
