using System.Globalization;
using System.Text;

namespace Headroom.Internal.Python;

/// <summary>Spelling of strings in a repr.</summary>
internal static class ReprText
{
    /// <summary>Appends a text as Python quotes it: in apostrophes, unless it has some and no quotes; unprintable characters escaped.</summary>
    public static void AppendQuoted(StringBuilder target, ReadOnlySpan<char> text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        target.Append(quote);
        int done = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is >= ' ' and < '\u007f' && c != quote && c != '\\') continue;
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            int code = isPair ? char.ConvertToUtf32(c, text[i + 1]) : c;
            if (c >= '\u0080' && IsPrintable(code))
            {
                if (isPair) i++;
                continue;
            }

            target.Append(text[done..i]);
            AppendEscape(target, code);
            if (isPair) i++;
            done = i + 1;
        }

        target.Append(text[done..]).Append(quote);
    }

    /// <summary>Reads the string at <paramref name="at"/>, and appends the text it stands for.</summary>
    /// <returns>Where it ends, exclusive; 0 when it has an escape a repr never has, -1 when the text ends before it does.</returns>
    public static int Read(ReadOnlySpan<char> text, int at, StringBuilder target)
    {
        char quote = text[at++];
        while (true)
        {
            int stop = text[at..].IndexOfAny(quote, '\\', '\n');
            if (stop < 0) return -1;
            target.Append(text.Slice(at, stop));
            at += stop;
            if (text[at] == quote) return at + 1;
            if (text[at] == '\n') return 0;
            if (at + 1 >= text.Length) return -1;
            char c = text[at + 1];
            at += 2;
            switch (c)
            {
                case '\\' or '\'' or '"': target.Append(c); break;
                case 'n': target.Append('\n'); break;
                case 'r': target.Append('\r'); break;
                case 't': target.Append('\t'); break;
                case 'x' or 'u' or 'U':
                    int digits = c == 'x' ? 2 : c == 'u' ? 4 : 8;
                    if (at + digits > text.Length) return -1;
                    if (!uint.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)) return 0;
                    if (code <= char.MaxValue) target.Append((char)code);
                    else if (code <= 0x10ffff) target.Append(char.ConvertFromUtf32((int)code));
                    else return 0;
                    at += digits;
                    break;
                default: return 0;
            }
        }
    }

    /// <summary>As Python's <c>isprintable</c>: neither control, format, surrogate, private nor unassigned, and no separator but the blank.</summary>
    private static bool IsPrintable(int code) => CharUnicodeInfo.GetUnicodeCategory(code) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static void AppendEscape(StringBuilder target, int code)
    {
        switch (code)
        {
            case '\'' or '"' or '\\': target.Append('\\').Append((char)code); break;
            case '\n': target.Append("\\n"); break;
            case '\r': target.Append("\\r"); break;
            case '\t': target.Append("\\t"); break;
            case <= 0xff: target.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}"); break;
            case <= 0xffff: target.Append(CultureInfo.InvariantCulture, $"\\u{code:x4}"); break;
            default: target.Append(CultureInfo.InvariantCulture, $"\\U{code:x8}"); break;
        }
    }
}
