namespace Headroom.PromptCaching;

/// <summary>Recognises volatile text by what is written before it: <c>Today is …</c>, <c>current time: …</c>, <c>session id = …</c>, <c>request #…</c>.</summary>
internal static class VolatileLabels
{
    /// <summary>A label and its value stand on one line, with few words between them.</summary>
    private const int Reach = 40;

    /// <summary>Shorter ids are chosen by people: <c>user id: 42</c>.</summary>
    private const int ShortestId = 6;

    private static readonly string[] s_fillers = ["is", "the", "date", "time", "current", "currently", "now", "today", "s", "utc", "local", "and", "it", "on"];
    private static readonly string[] s_days = ["today", "now", "date"];
    private static readonly string[] s_times = ["time", "now", "clock"];
    private static readonly string[] s_epochs = ["timestamp", "epoch", "unixtime", "now", "time"];
    private static readonly string[] s_owners = ["request", "session", "trace", "span", "correlation", "conversation", "run", "thread", "message", "call", "transaction", "execution", "invocation", "job", "build"];
    private static readonly string[] s_counted = ["request", "turn", "iteration", "attempt", "call", "message"];
    private static readonly string[] s_amounts = ["tokens", "messages", "requests", "calls", "turns"];
    private static readonly string[] s_uses = ["used", "remaining", "left"];
    private static readonly string[] s_presentTime = ["current", "today", "s", "now", "local", "system", "server", "the", "unix", "utc", "present"];

    /// <summary>Reads what the word is the label of.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int at, int end, out VolatileText found)
    {
        found = default;
        ReadOnlySpan<char> word = text[at..end];
        if (word.Length is < 2 or > 24 || !char.IsAsciiLetter(word[0])) return false;
        bool isPresent = IsOneOf(word, s_days) || IsOneOf(word, s_times) || IsOneOf(word, s_epochs);
        if (isPresent) return !IsQuotedKey(text, at) && IsAboutNow(text, at, word) && TryReadTime(text, end, word, out found);
        if (IsIdLabel(text, at, word)) return TryReadId(text, end, out found);
        return IsCountLabel(text, at, word, ref end) && TryReadNumber(text, end, out found);
    }

    /// <summary>Whether digits are seconds or milliseconds of this century so far.</summary>
    public static bool IsUnixTime(ReadOnlySpan<char> digits) => digits.Length is 10 or 13 && digits[0] is '1' or '2' && digits.IndexOfAnyExceptInRange('0', '9') < 0 && digits[..10].ContainsAnyExcept('0', '1');

    /// <summary>"Date" and "time" alone may be anybody's: "release date", "opening time".</summary>
    private static bool IsAboutNow(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> word)
    {
        if (!(word.Equals("date", StringComparison.OrdinalIgnoreCase) || word.Equals("time", StringComparison.OrdinalIgnoreCase))) return true;
        ReadOnlySpan<char> before = WordBefore(text, at);
        return before.IsEmpty || IsOneOf(before, s_presentTime);
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, int end, ReadOnlySpan<char> word, out VolatileText found)
    {
        found = default;
        int at = end, stop = Math.Min(text.Length, end + Reach);
        while (at < stop && text[at] is not ('\n' or '\r'))
        {
            if (!char.IsAsciiLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            int next = at;
            while (next < text.Length && next - at < Reach && char.IsAsciiLetterOrDigit(text[next])) next++;
            if (DateReader.TryRead(text, at, out ReadDate date))
            {
                if (!date.HasDate && !IsOneOf(word, s_times)) return false;
                found = new VolatileText(!date.HasDate ? VolatileTextKind.Time : date is { HasTime: true, IsMidnight: false } ? VolatileTextKind.DateTime : VolatileTextKind.Date, at, date.Length);
                return true;
            }

            if (IsOneOf(word, s_epochs) && IsUnixTime(text[at..next]))
            {
                found = new VolatileText(VolatileTextKind.UnixTime, at, next - at);
                return true;
            }

            if (!IsOneOf(text[at..next], s_fillers)) return false;
            at = next;
        }

        return false;
    }

    /// <summary><c>request id</c>, <c>request_id</c>, <c>requestId</c>.</summary>
    private static bool IsIdLabel(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> word)
    {
        if (IsQuotedKey(text, at) || !word.EndsWith("id", StringComparison.OrdinalIgnoreCase)) return false;
        return word.Length == 2 ? IsOneOf(WordBefore(text, at), s_owners) : IsOneOf(word[..^2], s_owners);
    }

    private static bool TryReadId(ReadOnlySpan<char> text, int end, out VolatileText found)
    {
        found = default;
        int at = SkipSeparators(text, end), stop = at;
        bool hasDigit = false;
        while (stop < text.Length && stop - at < 128 && (char.IsAsciiLetterOrDigit(text[stop]) || text[stop] is '-' or '_')) hasDigit |= char.IsAsciiDigit(text[stop++]);
        if (at == end || stop - at < ShortestId || !hasDigit) return false;
        found = new VolatileText(stop - at == 36 && Guid.TryParseExact(text[at..stop], "D", out _) ? VolatileTextKind.Uuid : VolatileTextKind.RequestId, at, stop - at);
        return true;
    }

    /// <summary><c>request #7</c>, <c>turn number 7</c>, <c>message count: 7</c>, <c>tokens left: 7</c>. Not <c>step 7</c>, as lists of instructions have it.</summary>
    private static bool IsCountLabel(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> word, ref int end)
    {
        if (IsOneOf(word, s_uses)) return IsOneOf(WordBefore(text, at), s_amounts);
        if (word.Equals("number", StringComparison.OrdinalIgnoreCase) || word.Equals("count", StringComparison.OrdinalIgnoreCase)) return IsOneOf(WordBefore(text, at), s_counted);
        int hash = end < text.Length && text[end] == ' ' ? end + 1 : end;
        if (!IsOneOf(word, s_counted) || hash >= text.Length || text[hash] != '#') return false;
        end = hash;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, int end, out VolatileText found)
    {
        int at = SkipSeparators(text, end), stop = at;
        while (stop < text.Length && stop - at < 24 && (char.IsAsciiDigit(text[stop]) || (text[stop] == ',' && stop > at))) stop++;
        while (stop > at && text[stop - 1] == ',') stop--;
        found = new VolatileText(VolatileTextKind.Counter, at, stop - at);
        return stop > at && at > end && (stop == text.Length || !char.IsAsciiLetterOrDigit(text[stop]));
    }

    /// <summary>Skips what may stand between a label and its value.</summary>
    private static int SkipSeparators(ReadOnlySpan<char> text, int at)
    {
        int stop = Math.Min(text.Length, at + 8);
        while (at < stop && text[at] is ' ' or '\t' or ':' or '=' or '#' or '"' or '\'' or '`' or '*' or '(' or '<' or '>') at++;
        return text[at..].StartsWith("is ", StringComparison.OrdinalIgnoreCase) ? SkipQuotes(text, at + 3) : at;
    }

    private static int SkipQuotes(ReadOnlySpan<char> text, int at)
    {
        int stop = Math.Min(text.Length, at + 4);
        while (at < stop && text[at] is ' ' or '"' or '\'' or '`' or '*') at++;
        return at;
    }

    /// <summary>Keys of JSON in a prompt are mostly those of an example.</summary>
    private static bool IsQuotedKey(ReadOnlySpan<char> text, int at)
    {
        int start = at, stop = Math.Max(0, at - Reach);
        while (start > stop && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '-')) start--;
        return start > 0 && text[start - 1] is '"' or '\'';
    }

    /// <summary>The word before a place, when nothing but a space or one of <c>_ - '</c> is between them.</summary>
    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || text[at - 1] is not (' ' or '_' or '-' or '\'' or '’')) return [];
        int end = at - 1, start = end;
        while (start > 0 && end - start < Reach && char.IsAsciiLetterOrDigit(text[start - 1])) start--;
        return text[start..end];
    }

    private static bool IsOneOf(ReadOnlySpan<char> word, string[] words)
    {
        foreach (string known in words)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
