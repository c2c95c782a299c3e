using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Names of columns: keys joined by dots, array indexes in brackets, keys with other characters as JSON strings.</summary>
internal static class ColumnPath
{
    /// <summary>The path of <paramref name="key"/> below <paramref name="path"/>.</summary>
    public static string Append(string path, string key)
    {
        if (Bare.IsSegment(key)) return path.Length == 0 ? key : path + "." + key;
        var text = new StringBuilder(path);
        if (path.Length > 0) text.Append('.');
        JsonText.AppendQuoted(text, key);
        return text.ToString();
    }

    /// <summary>Length of the path at the start of a text; 0 when there is none.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            if (text[at] == '"')
            {
                at = QuotedEnd(text, at);
                if (at < 0) return 0;
            }
            else if (text[at] == '[')
            {
                int digits = at + 1;
                while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
                if (digits == at + 1 || digits - at > 4 || digits >= text.Length || text[digits] != ']') return 0;
                at = digits + 1;
            }
            else
            {
                while (at < text.Length && IsSegmentCharacter(text[at])) at++;
                if (at == start) return 0;
            }

            if (at < text.Length && text[at] == '[') continue;
            if (at >= text.Length || text[at] != '.') return at;
            at++;
        }

        return 0;
    }

    /// <summary>Splits a well-formed path into its segments; an array index is a segment that begins with a bracket.</summary>
    public static List<PathSegment> Split(string path)
    {
        List<PathSegment> segments = [];
        for (int at = 0; at < path.Length;)
        {
            if (path[at] == '.')
            {
                at++;
            }
            else if (path[at] == '"')
            {
                int end = QuotedEnd(path, at);
                segments.Add(new PathSegment(JsonText.Unescape(path.AsSpan(at + 1, end - at - 2)), -1));
                at = end;
            }
            else if (path[at] == '[')
            {
                int end = path.IndexOf(']', at);
                segments.Add(new PathSegment("", int.Parse(path.AsSpan(at + 1, end - at - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture)));
                at = end + 1;
            }
            else
            {
                int start = at;
                while (at < path.Length && IsSegmentCharacter(path[at])) at++;
                segments.Add(new PathSegment(path[start..at], -1));
            }
        }

        return segments;
    }

    /// <summary>Where the JSON string that starts at <paramref name="at"/> ends, exclusive; -1 when it is not well-formed.</summary>
    public static int QuotedEnd(ReadOnlySpan<char> text, int at)
    {
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return JsonParser.IsString(text[at..(i + 1)]) ? i + 1 : -1;
        }

        return -1;
    }

    private static bool IsSegmentCharacter(char c) => c is not ('.' or ' ' or '=' or '(' or ')' or '[' or ']' or '{' or '}' or '"' or '`' or '?' or '|' or ',' or '>' or '\t' or '\n');
}

/// <summary>One step of a path: a key, or an index of an array when it is not negative.</summary>
internal readonly record struct PathSegment(string Key, int Index);
