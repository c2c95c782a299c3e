using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Headroom.Retrieval;

/// <summary>Recognises one line of the grammar.</summary>
internal static class MarkerLine
{
    public static readonly SearchValues<char> NumberSet = SearchValues.Create("0123456789,");

    /// <summary>Reads <c>[2-310: 309 lines, phrase]</c> or <c>[/items[4-66]: 63 rows]</c>, exactly as they are written.</summary>
    public static bool TryReadGap(ReadOnlySpan<char> line, [NotNullWhen(true)] out GapPart? gap)
    {
        gap = null;
        if (line.Length < 2 || line[0] != '[' || line[^1] != ']') return false;
        ReadOnlySpan<char> inside = line[1..^1];
        if (!TryReadLocator(inside, out ContentRange range, out int length)) return false;
        inside = inside[length..];
        if (!TrySkip(ref inside, ": ") || !TryReadCount(ref inside, out int count) || !TrySkip(ref inside, " ")
            || !TrySkip(ref inside, range.Unit) || count != range.Count)
            return false;
        if (inside.Length > 0 && (!TrySkip(ref inside, ", ") || inside.Length == 0)) return false;
        string phrase = new(inside);
        if (MarkerText.Phrase(phrase) != phrase) return false;
        gap = new GapPart(range, phrase);
        return true;
    }

    /// <summary>Reads a number as headers write it: <c>7</c>, <c>2,000</c>.</summary>
    public static bool TryReadCount(ref ReadOnlySpan<char> text, out int count)
    {
        int length = text.IndexOfAnyExcept(NumberSet);
        ReadOnlySpan<char> digits = length < 0 ? text : text[..length];
        while (digits.Length > 0 && digits[^1] == ',') digits = digits[..^1];
        bool isNumber = int.TryParse(digits, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out count)
            && digits.SequenceEqual(count.ToString("N0", CultureInfo.InvariantCulture));
        if (isNumber) text = text[digits.Length..];
        return isNumber;
    }

    public static bool TrySkip(ref ReadOnlySpan<char> text, string expected)
    {
        if (!text.StartsWith(expected, StringComparison.Ordinal)) return false;
        text = text[expected.Length..];
        return true;
    }

    /// <summary>Reads a locator at the start of a text: <c>2-310</c>, or a pointer followed by <c>[4-66]</c>.</summary>
    private static bool TryReadLocator(ReadOnlySpan<char> text, out ContentRange range, out int length)
    {
        range = default;
        length = 0;
        if (text.Length == 0) return false;
        if (char.IsAsciiDigit(text[0])) return TryReadSpan(text, null, out range, out length) && range.First >= 1;
        if (text[0] is not ('/' or '[')) return false;
        int open = text.IndexOf('[');
        if (open < 0 || !TryReadSpan(text[(open + 1)..], "", out range, out int span)) return false;
        length = open + span + 2;
        if (length > text.Length || text[length - 1] != ']') return false;
        range = range with { Path = MarkerText.Unescape(new string(text[..open])) };
        return text[..length].SequenceEqual(MarkerText.Locator(range));
    }

    private static bool TryReadSpan(ReadOnlySpan<char> text, string? path, out ContentRange range, out int length)
    {
        range = default;
        length = 0;
        if (!TryReadInteger(text, out int first, out int firstLength) || firstLength == text.Length || text[firstLength] != '-') return false;
        if (!TryReadInteger(text[(firstLength + 1)..], out int last, out int lastLength) || last < first) return false;
        range = new ContentRange(path, first, last);
        length = firstLength + 1 + lastLength;
        return true;
    }

    private static bool TryReadInteger(ReadOnlySpan<char> text, out int value, out int length)
    {
        length = text.IndexOfAnyExceptInRange('0', '9');
        if (length < 0) length = text.Length;
        value = 0;
        return length is > 0 and <= 10 && (length == 1 || text[0] != '0')
            && int.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
