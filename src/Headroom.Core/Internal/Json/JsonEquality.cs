using System.Text;

namespace Headroom.Internal.Json;

/// <summary>Value equality of JSON texts: key order, duplicate keys and number spelling count; white space and the spelling of escapes do not.</summary>
internal static class JsonEquality
{
    /// <summary>Whether both texts are one JSON value each, and the same.</summary>
    public static bool SameValue(string left, string right) =>
        JsonParser.Parse(left) is { } a && JsonParser.Parse(right) is { } b && SameNodes(a, b);

    /// <summary>Whether both texts hold the same JSON values, one a line. Blank lines are free.</summary>
    public static bool SameLines(string left, string right)
    {
        int lines = 0;
        ReadOnlySpan<char> a = left, b = right;
        while (true)
        {
            ReadOnlySpan<char> x = NextLine(ref a), y = NextLine(ref b);
            if (x.IsEmpty || y.IsEmpty) return x.IsEmpty && y.IsEmpty && lines > 1;
            if (!x.SequenceEqual(y) && !SameValue(x.ToString(), y.ToString())) return false;
            lines++;
        }
    }

    /// <summary>Whether both texts are the same but for the white space and escapes of JSON values embedded in them.</summary>
    public static bool SameEmbedded(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || Canonical(left).Equals(Canonical(right));

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> rest)
    {
        while (!rest.IsEmpty)
        {
            int stop = rest.IndexOf('\n');
            ReadOnlySpan<char> line = stop < 0 ? rest : rest[..stop];
            rest = stop < 0 ? [] : rest[(stop + 1)..];
            if (!line.IsWhiteSpace()) return line;
        }

        return [];
    }

    private static bool SameNodes(JsonTape a, JsonTape b)
    {
        if (a.Count != b.Count) return false;
        for (int i = 0; i < a.Count; i++)
        {
            JsonKind kind = a.Kind(i);
            if (kind != b.Kind(i) || a.Next(i) != b.Next(i)) return false;
            if (kind is JsonKind.String)
            {
                bool same = a.HasEscapes(i) || b.HasEscapes(i) ? JsonText.SameText(a.Raw(i), b.Raw(i)) : a.Raw(i).SequenceEqual(b.Raw(i));
                if (!same) return false;
            }
            else if (kind is JsonKind.Number && !a.Raw(i).SequenceEqual(b.Raw(i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text with every embedded value in one spelling, between NULs.</summary>
    private static StringBuilder Canonical(string text)
    {
        var canonical = new StringBuilder(text.Length);
        int done = 0;
        var values = new EmbeddedValues(text);
        while (values.Next() is { } tape)
        {
            canonical.Append(text, done, tape.Start(0) - done).Append('\0');
            JsonWriter.Append(canonical, tape, 0);
            canonical.Append('\0');
            done = tape.End(0);
        }

        return canonical.Append(text, done, text.Length - done);
    }
}
