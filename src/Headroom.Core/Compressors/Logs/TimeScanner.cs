using Headroom.Internal;

namespace Headroom.Compressors.Logs;

/// <summary>Finds dates with a time of day in a line: ISO, syslog, access log, Spark and klog spellings, or a bare <c>hh:mm:ss</c>.</summary>
internal static class TimeScanner
{
    /// <summary>Finds the first time at or after <paramref name="from"/>.</summary>
    public static bool TryFind(ReadOnlySpan<char> line, int from, out int start, out int length)
    {
        int search = from;
        while (true)
        {
            int colon = search < line.Length ? line[search..].IndexOf(':') : -1;
            if (colon < 0)
            {
                start = length = 0;
                return false;
            }

            colon += search;
            if (IsTimeOfDay(line, colon) && (colon - 3 < from || !IsWordCharacterBefore(line, colon - 2)))
            {
                start = DateStart(line, from, colon - 2);
                length = TimeEnd(line, colon + 6) - start;
                return true;
            }

            search = colon + 1;
        }
    }

    /// <summary>Whether the whole text is one time.</summary>
    public static bool IsTime(ReadOnlySpan<char> text) => TryFind(text, 0, out int start, out int length) && start == 0 && length == text.Length;

    /// <summary>
    /// Where the part of <paramref name="current"/> begins that must be written below <paramref name="previous"/>: the start of a number,
    /// or 0 where only the whole applies back.
    /// </summary>
    public static int ChangedFrom(ReadOnlySpan<char> previous, ReadOnlySpan<char> current)
    {
        int start = Math.Min(previous.CommonPrefixLength(current), current.Length - 1);
        while (start > 0 && !(char.IsAsciiDigit(current[start]) && IsComponentStart(current, start))) start--;
        bool applies = TryApply(previous, current[start..], out int keep) && keep == start && previous[..start].SequenceEqual(current[..start]);
        return applies ? start : 0;
    }

    /// <summary>The time that a changed part stands for: its components replace the last ones of <paramref name="previous"/>.</summary>
    public static bool TryApply(ReadOnlySpan<char> previous, ReadOnlySpan<char> changed, out int keep)
    {
        int components = 0;
        for (int i = 0; i < changed.Length; i++)
        {
            if (IsComponentStart(changed, i)) components++;
        }

        keep = previous.Length;
        while (keep > 0 && components > 0)
        {
            keep--;
            if (IsComponentStart(previous, keep)) components--;
        }

        return components == 0;
    }

    /// <summary>Whether both are spelled alike: the same separators between runs of digits and letters.</summary>
    public static ulong Spelling(ReadOnlySpan<char> time)
    {
        ulong hash = Fnv1a.Seed;
        for (int i = 0; i < time.Length; i++)
        {
            char c = time[i];
            if (!char.IsAsciiLetterOrDigit(c)) hash = Fnv1a.Mix(hash, c);
            else if (IsComponentStart(time, i)) hash = Fnv1a.Mix(hash, char.IsAsciiDigit(c) ? '0' : 'a');
        }

        return hash;
    }

    private static bool IsComponentStart(ReadOnlySpan<char> time, int at) =>
        char.IsAsciiLetterOrDigit(time[at])
        && (at == 0 || !char.IsAsciiLetterOrDigit(time[at - 1]) || char.IsAsciiDigit(time[at]) != char.IsAsciiDigit(time[at - 1]));

    private static bool IsTimeOfDay(ReadOnlySpan<char> line, int colon) =>
        colon >= 2 && colon + 5 < line.Length && line[colon + 3] == ':'
        && IsPair(line, colon - 2) && IsPair(line, colon + 1) && IsPair(line, colon + 4)
        && (colon + 6 >= line.Length || !char.IsAsciiDigit(line[colon + 6])) && !(colon + 7 < line.Length && line[colon + 6] == ':' && char.IsAsciiDigit(line[colon + 7]));

    private static bool IsPair(ReadOnlySpan<char> line, int at) => char.IsAsciiDigit(line[at]) && char.IsAsciiDigit(line[at + 1]);

    private static bool IsWordCharacterBefore(ReadOnlySpan<char> line, int hour) =>
        hour > 0 && (char.IsAsciiDigit(line[hour - 1]) || (char.IsAsciiLetter(line[hour - 1]) && line[hour - 1] != 'T'));

    private static int TimeEnd(ReadOnlySpan<char> line, int end)
    {
        if (end + 1 >= line.Length || line[end] is not ('.' or ',') || !char.IsAsciiDigit(line[end + 1])) return end;
        end++;
        while (end < line.Length && char.IsAsciiDigit(line[end])) end++;
        return end;
    }

    private static int DateStart(ReadOnlySpan<char> line, int from, int hour)
    {
        int separator = hour - 1;
        if (separator <= from || line[separator] is not ('T' or ' ' or ':' or '_' or '-')) return hour;
        int start = separator;
        int breaks = 0;
        while (start > from && hour - start < 16 && (char.IsAsciiLetterOrDigit(line[start - 1]) || line[start - 1] is '-' or '/' or '.'))
        {
            start--;
            if (!char.IsAsciiLetterOrDigit(line[start])) breaks++;
        }

        if (breaks == 2 && separator - start >= 6 && char.IsAsciiDigit(line[start]) && char.IsAsciiDigit(line[separator - 1])) return start;
        if (line[separator] != ' ') return hour;
        if (breaks == 0 && separator >= 4 && Digits(line[(separator - 4)..separator]) && IsLineStart(line, separator - 4)) return separator - 4; // klog
        if (breaks == 0 && separator - start is 1 or 2 && Digits(line[start..separator])) return MonthStart(line, from, start, hour);
        return hour;
    }

    private static int MonthStart(ReadOnlySpan<char> line, int from, int day, int hour)
    {
        int end = day;
        while (end > from && day - end < 2 && line[end - 1] == ' ') end--;
        bool isMonth = end < day && end - 3 >= from && char.IsAsciiLetterUpper(line[end - 3]) && char.IsAsciiLetterLower(line[end - 2])
            && char.IsAsciiLetterLower(line[end - 1]) && (end - 3 == from || !char.IsAsciiLetterOrDigit(line[end - 4]));
        return isMonth ? end - 3 : hour;
    }

    private static bool IsLineStart(ReadOnlySpan<char> line, int at) => at == 0 || (at == 1 && line[0] is 'I' or 'W' or 'E' or 'F');

    private static bool Digits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
