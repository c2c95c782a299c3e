using System.Globalization;
using System.Text;

namespace Headroom.Retrieval;

/// <summary>Makes what stands inside a marker safe: one line, printable, and unable to end the marker early.</summary>
internal static class MarkerText
{
    /// <summary>Longest phrase, in characters: about 30 tokens, so that a hundred gaps cost less than one page of text.</summary>
    public const int MaxPhrase = 120;

    /// <summary>A phrase as it stands in a gap line: white space runs as one blank, no control characters, brackets only in pairs.</summary>
    public static string Phrase(string phrase)
    {
        var line = new StringBuilder(Math.Min(phrase.Length, MaxPhrase));
        bool cut = false;
        for (int i = 0; i < phrase.Length; i++)
        {
            int width = PrintableWidth(phrase, i);
            if (width == 0 || phrase[i] == ' ')
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
                continue;
            }

            if (line.Length + width > MaxPhrase - 3)
            {
                cut = true;
                break;
            }

            line.Append(phrase, i, width);
            i += width - 1;
        }

        if (cut) line.Append("...");
        while (line.Length > 0 && line[^1] == ' ') line.Length--;
        PairBrackets(line);
        return line.ToString();
    }

    /// <summary>
    /// A range as it stands in a marker. In a path, backslashes, brackets and anything unprintable are written as escapes of JSON strings,
    /// so that the first bracket ends the path and the locator stays on its line.
    /// </summary>
    public static string Locator(ContentRange range)
    {
        if (range.Path is not { } path || IsPlain(path)) return range.ToString();
        var escaped = new StringBuilder(path.Length + 8);
        for (int i = 0; i < path.Length; i++)
        {
            int width = PrintableWidth(path, i);
            if (path[i] == '\\') escaped.Append(@"\\");
            else if (width == 0 || path[i] is '[' or ']') escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)path[i]:x4}");
            else escaped.Append(path, i, width);
            i += Math.Max(0, width - 1);
        }

        return (range with { Path = escaped.ToString() }).ToString();
    }

    /// <summary>Undoes the escapes of <see cref="Locator"/>; what is no escape stays as it is.</summary>
    public static string Unescape(string path)
    {
        if (!path.Contains('\\', StringComparison.Ordinal)) return path;
        var plain = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '\\' && i + 1 < path.Length && path[i + 1] == '\\')
            {
                plain.Append('\\');
                i++;
            }
            else if (path[i] == '\\' && i + 5 < path.Length && path[i + 1] == 'u'
                && ushort.TryParse(path.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                plain.Append((char)unit);
                i += 5;
            }
            else
            {
                plain.Append(path[i]);
            }
        }

        return plain.ToString();
    }

    private static bool IsPlain(string path)
    {
        foreach (char c in path)
        {
            if (c is < ' ' or > '~' or '\\' or '[' or ']') return false;
        }

        return true;
    }

    /// <summary>How many characters the printable code point at <paramref name="at"/> takes; 0 when it is not printable or half a surrogate pair.</summary>
    private static int PrintableWidth(string text, int at)
    {
        if (!Rune.TryGetRuneAt(text, at, out Rune rune)) return 0;
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? 0
            : rune.Utf16SequenceLength;
    }

    private static void PairBrackets(StringBuilder line)
    {
        var open = new Stack<int>();
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '[') open.Push(i);
            else if (line[i] == ']' && !open.TryPop(out _)) line[i] = ')';
        }

        foreach (int i in open) line[i] = '(';
    }
}
