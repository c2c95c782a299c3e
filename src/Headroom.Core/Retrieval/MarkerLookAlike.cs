using System.Buffers;
using Headroom.Storage;

namespace Headroom.Retrieval;

/// <summary>Finds what could be taken for a marker of ours in a text that is not our output.</summary>
/// <remarks>
/// Headers and footers count wherever they stand, since they name an id and a reader may act on them; no ordinary text holds them.
/// Gap lines and block references look more like ordinary text, so they count only at the start of a line, after blanks at most.
/// </remarks>
internal static class MarkerLookAlike
{
    /// <summary>Whatever some reader shows as a new line.</summary>
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");

    private static readonly SearchValues<char> RangeSet = SearchValues.Create("0123456789-,");

    public static bool IsIn(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length)
        {
            int next = text[at..].IndexOf('[');
            if (next < 0) return false;
            at += next;
            if (IsAt(text, at)) return true;
            at++;
        }

        return false;
    }

    private static bool IsAt(ReadOnlySpan<char> text, int at)
    {
        if (at + 1 == text.Length) return false;
        ReadOnlySpan<char> rest = text[at..];
        return rest[1] switch
        {
            'h' => IsHeader(rest),
            'l' => rest.StartsWith("[left out parts: ", StringComparison.Ordinal),
            '=' => rest.StartsWith("[= line", StringComparison.Ordinal) && IsAtLineStart(text, at),
            '/' or '[' or (>= '0' and <= '9') => IsAtLineStart(text, at) && IsGap(LineOf(rest)),
            _ => false,
        };
    }

    private static bool IsHeader(ReadOnlySpan<char> rest)
    {
        if (!MarkerGrammar.StartsWithHeader(rest)) return false;
        rest = rest[(rest.IndexOf(' ') + 1)..];
        int length = OriginalId.LengthAtStart(rest);
        return length > 0 && length < rest.Length && rest[length] == ':';
    }

    /// <summary>Blanks are skipped backwards from a bracket only, so no blank is looked at twice.</summary>
    private static bool IsAtLineStart(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t') at--;
        return at == 0 || LineBreaks.Contains(text[at - 1]);
    }

    private static ReadOnlySpan<char> LineOf(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny(LineBreaks);
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>
    /// Whether a line has, after its bracket, a range, a colon, a count and our unit: <c>[2-310: 309 lines</c>, <c>[/items[4-66]: 63 rows</c>.
    /// The numbers need not agree and the closing bracket may be missing: a reader would not check.
    /// </summary>
    private static bool IsGap(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line[1..];
        if (char.IsAsciiDigit(rest[0]))
        {
            int end = rest.IndexOfAnyExcept(RangeSet);
            return end > 0 && IsCountOf(rest[end..], ": ");
        }

        for (int close = rest.IndexOf("]: ", StringComparison.Ordinal); close >= 0; close = rest.IndexOf("]: ", StringComparison.Ordinal))
        {
            if (close > 0 && char.IsAsciiDigit(rest[close - 1]) && IsCountOf(rest[close..], "]: ")) return true;
            rest = rest[(close + 1)..];
        }

        return false;
    }

    private static bool IsCountOf(ReadOnlySpan<char> text, string before)
    {
        if (!MarkerLine.TrySkip(ref text, before)) return false;
        int digits = text.IndexOfAnyExcept(MarkerLine.NumberSet);
        return digits > 0 && (text[digits..].StartsWith(" line", StringComparison.Ordinal) || text[digits..].StartsWith(" row", StringComparison.Ordinal));
    }
}
