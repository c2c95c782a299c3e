using System.Globalization;
using System.Text;

namespace Headroom.Retrieval;

/// <summary>Reads the <c>lines</c> argument in the spellings models use: <c>120-180</c>, <c>L120..L180</c>, <c>412-</c>, <c>7</c>, <c>1-10, 50-60</c>, <c>1:20001-</c>.</summary>
internal static class LineRanges
{
    /// <summary>More ranges than this in one call are a mistake; it also bounds the work.</summary>
    private const int MaxRanges = 200;

    public static bool TryParse(string text, out IReadOnlyList<LineRange> ranges)
    {
        string plain = Plain(text);
        if (plain is "a" or "*" or "fu") plain = ""; // "all" and "full", after Plain took the L of L120 away
        string[] parts = Split(plain);
        bool isPair = text.AsSpan().Trim() is ['[', .., ']'] && parts.Length == 2 && !plain.Contains('-', StringComparison.Ordinal);
        if (isPair) parts = [$"{parts[0]}-{parts[1]}"]; // a list in quotes means what the list means
        if (Array.Exists(parts, HasDigitGroup)) parts = Split(WithoutThousands(plain));
        List<LineRange> list = [];
        ranges = list;
        foreach (string part in parts)
        {
            if (list.Count == MaxRanges || !TryParseOne(part, out LineRange range)) return false;
            list.Add(range);
        }

        return true;
    }

    private static string[] Split(string text) => text.Split([',', ';', '&'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryParseOne(string text, out LineRange range)
    {
        range = default;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (colon > 0 && dash > colon) // line:characters, as our own answers spell it
        {
            if (!TryParseNumber(text[..colon], out int line) || !TryParseSpan(text[(colon + 1)..], out int from, out int to)) return false;
            range = new LineRange(line, line, from, to);
            return true;
        }

        if (colon > 0 && dash < 0) text = text.Replace(':', '-'); // 120:180, as in slices
        if (!TryParseSpan(text, out int first, out int last)) return false;
        range = new LineRange(first, last);
        return true;
    }

    /// <summary>Reads <c>2-310</c>, <c>412-</c>, <c>-50</c> (the first 50) or <c>7</c>; a span written backwards is turned round.</summary>
    private static bool TryParseSpan(string text, out int first, out int last)
    {
        first = 1;
        last = int.MaxValue;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            bool isNumber = TryParseNumber(text, out first);
            last = first;
            return isNumber;
        }

        string left = text[..dash].Trim(), right = text[(dash + 1)..].Trim();
        if (left.Length == 0 && right.Length == 0) return false;
        if (left.Length > 0 && !TryParseNumber(left, out first)) return false;
        if (right.Length > 0 && right is not ("end" or "$" or "eof" or "last") && !TryParseNumber(right, out last)) return false;
        if (first > last) (first, last) = (last, first);
        return true;
    }

    /// <summary>Line 0 is taken as line 1: some tools count from there.</summary>
    private static bool TryParseNumber(string text, out int number)
    {
        number = 0;
        text = text.Trim();
        if (text.Length == 0 || text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? Math.Max(1, value) : int.MaxValue - 1;
        return true;
    }

    /// <summary>Lower case, without quotes, brackets and the word "lines", and with every spelling of "to" as a hyphen.</summary>
    private static string Plain(string text)
    {
        string plain = text.Trim().ToLowerInvariant();
        foreach (string word in (ReadOnlySpan<string>)["lines", "line", "\"", "'", "`", "[", "]", "(", ")", "=", "#"]) plain = plain.Replace(word, "", StringComparison.Ordinal);
        foreach (string to in (ReadOnlySpan<string>)["...", "..", " to ", "\u2013", "\u2014", "\u2212", "->"]) plain = plain.Replace(to, "-", StringComparison.Ordinal);
        plain = plain.Replace(" and ", ",", StringComparison.Ordinal).Replace(" -", "-", StringComparison.Ordinal).Replace("- ", "-", StringComparison.Ordinal);
        return plain.Replace("l", "", StringComparison.Ordinal).Replace("ast", "last", StringComparison.Ordinal); // L120-L180
    }

    /// <summary>Whether a part between commas makes sense only as the rest of a grouped number: <c>000</c>, or <c>900-1</c> out of <c>900-1,100</c>.</summary>
    private static bool HasDigitGroup(string part)
    {
        string[] ends = part.Split('-');
        return Array.Exists(ends, e => e.Length == 3 && e[0] == '0')
            || (ends.Length == 2 && TryParseNumber(ends[0], out int first) && TryParseNumber(ends[1], out int last) && first > last);
    }

    /// <summary>Headers write 2,000, so arguments may: <c>1,000-2,000</c>.</summary>
    private static string WithoutThousands(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool groups = text[i] == ',' && i > 0 && char.IsAsciiDigit(text[i - 1]) && i + 3 < text.Length
                && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && (i + 4 == text.Length || !char.IsAsciiDigit(text[i + 4]));
            if (!groups) kept.Append(text[i]);
        }

        return kept.ToString();
    }
}
