using System.Buffers;
using System.Globalization;
using System.Text;

namespace Headroom.Internal.Json;

/// <summary>Spelling of JSON strings.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create("\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>The text that the raw content of a well-formed string stands for.</summary>
    public static string Unescape(ReadOnlySpan<char> raw)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        int length = 0;
        for (int i = 0; i < raw.Length;) buffer[length++] = NextUnit(raw, ref i);
        string text = new(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Whether two raw string contents stand for the same text.</summary>
    public static bool SameText(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            if (NextUnit(left, ref i) != NextUnit(right, ref j)) return false;
        }

        return i == left.Length && j == right.Length;
    }

    /// <summary>Appends a text as a JSON string in its shortest spelling: only what must be escaped is, lone surrogates included.</summary>
    public static void AppendQuoted(StringBuilder target, ReadOnlySpan<char> text)
    {
        target.Append('"');
        while (true)
        {
            int stop = text.IndexOfAny(MustEscape);
            int surrogate = (stop < 0 ? text : text[..stop]).IndexOfAnyInRange('\ud800', '\udfff');
            if (surrogate >= 0) stop = surrogate;
            if (stop < 0) break;
            target.Append(text[..stop]);
            int used = 1;
            char c = text[stop];
            if (char.IsHighSurrogate(c) && stop + 1 < text.Length && char.IsLowSurrogate(text[stop + 1]))
            {
                target.Append(c).Append(text[stop + 1]);
                used = 2;
            }
            else
            {
                AppendEscape(target, c);
            }

            text = text[(stop + used)..];
        }

        target.Append(text).Append('"');
    }

    /// <summary>Whether every surrogate in the text has its partner.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (int i = text.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private static void AppendEscape(StringBuilder target, char c)
    {
        switch (c)
        {
            case '"': target.Append("\\\""); break;
            case '\\': target.Append("\\\\"); break;
            case '\n': target.Append("\\n"); break;
            case '\r': target.Append("\\r"); break;
            case '\t': target.Append("\\t"); break;
            case '\b': target.Append("\\b"); break;
            case '\f': target.Append("\\f"); break;
            default: target.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
        }
    }

    private static char NextUnit(ReadOnlySpan<char> raw, ref int at)
    {
        char c = raw[at++];
        if (c != '\\') return c;
        c = raw[at++];
        switch (c)
        {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u':
                int value = 0;
                for (int i = 0; i < 4; i++) value = (value << 4) | HexDigit(raw[at++]);
                return (char)value;
            default: return c;
        }
    }

    private static int HexDigit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
