namespace Headroom.Compressors.Json;

/// <summary>
/// Keeps cuts out of days such as <c>2024-05-18</c>: agents name days in later calls, and look for them whole. The day of a time stamp is not kept
/// together: there are many of those, each is read once, and what they share is most of them.
/// </summary>
internal static class CalendarDay
{
    private const int Length = 10;

    /// <summary><paramref name="cut"/>, or the beginning of the day it would tear.</summary>
    public static int Before(ReadOnlySpan<char> text, int cut) => Start(text, cut) is >= 0 and var start ? start : cut;

    /// <summary><paramref name="cut"/>, or the end of the day it would tear.</summary>
    public static int After(ReadOnlySpan<char> text, int cut) => Start(text, cut) is >= 0 and var start ? start + Length : cut;

    private static int Start(ReadOnlySpan<char> text, int cut)
    {
        for (int start = Math.Max(0, cut - Length + 1); start < cut && start + Length <= text.Length; start++)
        {
            if (IsDay(text.Slice(start, Length)) && !(start > 0 && char.IsAsciiDigit(text[start - 1])) && !HasTime(text[(start + Length)..])) return start;
        }

        return -1;
    }

    private static bool IsDay(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < Length; i++)
        {
            if (i is 4 or 7 ? text[i] != '-' : !char.IsAsciiDigit(text[i])) return false;
        }

        return true;
    }

    private static bool HasTime(ReadOnlySpan<char> rest) => rest.Length > 1 && rest[0] is 'T' or 't' or ' ' && char.IsAsciiDigit(rest[1]);
}
