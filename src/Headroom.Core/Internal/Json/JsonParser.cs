using System.Buffers;

namespace Headroom.Internal.Json;

/// <summary>Reads JSON into a <see cref="JsonTape"/>: exactly the grammar of RFC 8259, plus a byte order mark at the start.</summary>
/// <remarks>Linear, without recursion, never throws. Lone surrogates and duplicate keys are allowed, as in the grammar.</remarks>
internal static class JsonParser
{
    /// <summary>Where the plain run of a string ends: its quote, an escape, or a control character that may not stand there.</summary>
    private static readonly SearchValues<char> StringStops = SearchValues.Create("\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Parses a text that is one JSON value; <see langword="null"/> when it is not.</summary>
    public static JsonTape? Parse(string text)
    {
        var tape = new JsonTape(text);
        int at = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        if (!TryReadValue(tape, ref at, text.Length)) return null;
        SkipSpace(text, ref at, text.Length);
        return at == text.Length ? tape : null;
    }

    /// <summary>Parses the lines of a text into one array: objects and arrays as such, other lines as <see cref="JsonKind.Raw"/>; blank lines are skipped.</summary>
    /// <returns><see langword="null"/> when there are not at least two lines of JSON, or when most lines are not JSON.</returns>
    public static JsonTape? ParseLines(string text)
    {
        var tape = new JsonTape(text);
        int root = tape.Open(JsonKind.Array, 0, -1);
        int json = 0, raw = 0;
        for (int start = 0; start < text.Length;)
        {
            int stop = text.IndexOf('\n', start);
            if (stop < 0) stop = text.Length;
            if (!text.AsSpan(start, stop - start).IsWhiteSpace())
            {
                if (TryReadLine(tape, start, stop)) json++;
                else raw++;
                tape.CountChild(root);
                if (raw > 20 + 2 * json) return null; // clearly another kind of text
            }

            start = stop + 1;
        }

        tape.Close(root, text.Length);
        tape.MaxDepth++;
        return json >= 2 && raw <= json ? tape : null;
    }

    /// <summary>Reads one value that starts at or after <paramref name="at"/>; on success <paramref name="at"/> is behind it.</summary>
    public static bool TryReadValue(JsonTape tape, ref int at, int end)
    {
        string text = tape.Text;
        int open = -1, depth = 0;
        while (true)
        {
            SkipSpace(text, ref at, end);
            if (at >= end) return false;
            char c = text[at];
            if (open >= 0) tape.CountChild(open);
            if (c is '{' or '[')
            {
                open = tape.Open(c == '{' ? JsonKind.Object : JsonKind.Array, at++, open);
                if (++depth > tape.MaxDepth) tape.MaxDepth = depth;
                SkipSpace(text, ref at, end);
                if (at >= end) return false;
                if (text[at] != (c == '{' ? '}' : ']'))
                {
                    if (c == '{' && !TryReadKey(tape, ref at, end)) return false;
                    continue;
                }
            }
            else if (!TryReadScalar(tape, ref at, end))
            {
                return false;
            }

            while (true) // a value is complete, or an empty container is about to close
            {
                if (open < 0) return true;
                SkipSpace(text, ref at, end);
                if (at >= end) return false;
                bool isObject = tape.Kind(open) == JsonKind.Object;
                c = text[at++];
                if (c == ',' && tape.Size(open) > 0)
                {
                    if (isObject && !TryReadKey(tape, ref at, end)) return false;
                    break;
                }

                if (c != (isObject ? '}' : ']')) return false;
                open = tape.Close(open, at);
                depth--;
            }
        }
    }

    /// <summary>Whether a text is a number as JSON spells them.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && NumberLength(text) == text.Length;

    /// <summary>Whether a text is one JSON string, quotes included.</summary>
    public static bool IsString(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"') return false;
        for (int i = 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"') return i == text.Length - 1;
            if (c < ' ') return false;
            if (c != '\\') continue;
            if (++i >= text.Length) return false;
            if (text[i] == 'u')
            {
                if (i + 4 >= text.Length || text.Slice(i + 1, 4).ContainsAnyExcept(HexDigits)) return false;
                i += 4;
            }
            else if (text[i] is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't'))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadLine(JsonTape tape, int start, int stop)
    {
        int count = tape.Count, at = start;
        if (TryReadValue(tape, ref at, stop) && tape.IsContainer(count))
        {
            SkipSpace(tape.Text, ref at, stop);
            if (at == stop) return true;
        }

        tape.Truncate(count);
        tape.Add(JsonKind.Raw, start, stop);
        return false;
    }

    private static bool TryReadKey(JsonTape tape, ref int at, int end)
    {
        SkipSpace(tape.Text, ref at, end);
        if (at >= end || tape.Text[at] != '"' || !TryReadString(tape, ref at, end)) return false;
        SkipSpace(tape.Text, ref at, end);
        return at < end && tape.Text[at++] == ':';
    }

    private static bool TryReadScalar(JsonTape tape, ref int at, int end)
    {
        ReadOnlySpan<char> rest = tape.Text.AsSpan(at, end - at);
        switch (rest[0])
        {
            case '"': return TryReadString(tape, ref at, end);
            case 't': return TryReadWord(tape, ref at, rest, "true", JsonKind.True);
            case 'f': return TryReadWord(tape, ref at, rest, "false", JsonKind.False);
            case 'n': return TryReadWord(tape, ref at, rest, "null", JsonKind.Null);
            default:
                int length = NumberLength(rest);
                if (length == 0) return false;
                tape.Add(JsonKind.Number, at, at + length);
                at += length;
                return true;
        }
    }

    private static bool TryReadWord(JsonTape tape, ref int at, ReadOnlySpan<char> rest, string word, JsonKind kind)
    {
        if (!rest.StartsWith(word, StringComparison.Ordinal)) return false;
        tape.Add(kind, at, at + word.Length);
        at += word.Length;
        return true;
    }

    private static bool TryReadString(JsonTape tape, ref int at, int end)
    {
        string text = tape.Text;
        int start = ++at;
        bool escapes = false;
        while (true)
        {
            int run = text.AsSpan(at, end - at).IndexOfAny(StringStops);
            if (run < 0) return false;
            at += run;
            if (text[at] == '"')
            {
                tape.Add(JsonKind.String, start, at++, escapes);
                return true;
            }

            if (text[at] != '\\' || at + 1 >= end) return false;
            escapes = true;
            char c = text[at + 1];
            if (c == 'u')
            {
                if (at + 6 > end) return false;
                for (int i = at + 2; i < at + 6; i++)
                    if (!char.IsAsciiHexDigit(text[i])) return false;
                at += 6;
            }
            else
            {
                if (c is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')) return false;
                at += 2;
            }
        }
    }

    private static int NumberLength(ReadOnlySpan<char> s)
    {
        int i = 0;
        if (i < s.Length && s[i] == '-') i++;
        if (i >= s.Length) return 0;
        if (s[i] == '0') i++;
        else if (char.IsAsciiDigit(s[i])) i = Digits(s, i);
        else return 0;
        if (i < s.Length && s[i] == '.')
        {
            int after = Digits(s, i + 1);
            if (after == i + 1) return 0;
            i = after;
        }

        if (i < s.Length && (s[i] is 'e' or 'E'))
        {
            int j = i + 1;
            if (j < s.Length && (s[j] is '+' or '-')) j++;
            int after = Digits(s, j);
            if (after == j) return 0;
            i = after;
        }

        return i;
    }

    private static int Digits(ReadOnlySpan<char> s, int i)
    {
        while (i < s.Length && char.IsAsciiDigit(s[i])) i++;
        return i;
    }

    private static void SkipSpace(string text, ref int at, int end)
    {
        while (at < end && (text[at] is ' ' or '\n' or '\r' or '\t')) at++;
    }
}
