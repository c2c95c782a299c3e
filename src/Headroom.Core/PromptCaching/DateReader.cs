namespace Headroom.PromptCaching;

/// <summary>A date or time as people and programs write them.</summary>
/// <param name="Length">Characters of it.</param>
/// <param name="HasDate">Whether there is a date.</param>
/// <param name="HasTime">Whether there is a time of day.</param>
/// <param name="IsMidnight">Whether that time is midnight, as programs add it to dates that have none.</param>
internal readonly record struct ReadDate(int Length, bool HasDate, bool HasTime, bool IsMidnight);

/// <summary>Reads dates: ISO 8601, RFC 1123, <c>ctime</c>, and with names of months or numbers in the usual orders. In English; reads at most some 60 characters.</summary>
internal ref struct DateReader(ReadOnlySpan<char> text, int at)
{
    private static readonly string[] s_months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] s_days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private readonly ReadOnlySpan<char> _text = text;
    private int _at = at;

    /// <summary>Reads a date, a date with a time, or a lone time.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int at, out ReadDate date)
    {
        var reader = new DateReader(text, at);
        bool hasTime = false, isMidnight = false;
        bool hasDate = reader.Basic(out hasTime, out isMidnight) || reader.Date(out hasTime, out isMidnight);
        if (hasDate && !hasTime) hasTime = reader.TimeBehind(out isMidnight);
        if (!hasDate) hasTime = reader.Time(out isMidnight);
        date = new ReadDate(reader._at - at, hasDate, hasTime, isMidnight);
        return (hasDate || hasTime) && reader.IsAtBoundary();
    }

    private bool TimeBehind(out bool isMidnight)
    {
        int before = _at;
        isMidnight = false;
        if (Separator() && Time(out isMidnight) && IsAtBoundary()) return true;
        (_at, isMidnight) = (before, false);
        return false;
    }

    private bool Date(out bool hasTime, out bool isMidnight)
    {
        (hasTime, isMidnight) = (false, false);
        int before = _at;
        if (Name(s_days) && !(Skip(',') | Spaces())) _at = before;
        int start = _at;
        if (YearFirst()) return true;
        _at = start;
        if (YearLast()) return true;
        _at = start;
        if (Number(1, 31, 2) && (Skip('-') || Spaces()) && Name(s_months) && (Skip('-') || (Skip(',') | Spaces())) && Year()) return true;
        _at = start;
        if (Name(s_months) && Spaces() && Number(1, 31, 2))
        {
            int day = _at;
            if ((Ordinal() | Skip(',') | Spaces()) && Year()) return true;
            _at = day;
            if (Spaces() && Time(out isMidnight) && Spaces() && Year()) return hasTime = true; // ctime
        }

        _at = before;
        return false;
    }

    /// <summary><c>20261122T103312Z</c></summary>
    private bool Basic(out bool hasTime, out bool isMidnight)
    {
        (hasTime, isMidnight) = (false, false);
        int length = 0;
        while (_at + length < _text.Length && length <= 16 && char.IsAsciiLetterOrDigit(_text[_at + length])) length++;
        if (length is not (15 or 16) || _text[_at + 8] != 'T' || (length == 16 && _text[_at + 15] != 'Z')) return false;
        int before = _at;
        bool isDate = Year() && Number(1, 12, 2, exactly: true) && Number(1, 31, 2, exactly: true) && Skip('T')
            && Number(0, 23, 2, exactly: true) && Number(0, 59, 2, exactly: true) && Number(0, 60, 2, exactly: true);
        if (!isDate)
        {
            _at = before;
            return false;
        }

        hasTime = true;
        isMidnight = _text.Slice(_at - 6, 6).SequenceEqual("000000");
        Skip('Z');
        return true;
    }

    private bool YearFirst()
    {
        if (!Year() || !Mark(out char mark)) return false;
        return Number(1, 12, 2) && Skip(mark) && Number(1, 31, 2);
    }

    private bool YearLast() => Number(1, 31, 2) && Mark(out char mark) && Number(1, 31, 2) && Skip(mark) && Year();

    private bool Mark(out char mark)
    {
        mark = _at < _text.Length ? _text[_at] : '\0';
        return mark is '-' or '/' or '.' && Skip(mark);
    }

    /// <summary>What may stand between a date and its time.</summary>
    private bool Separator()
    {
        if (Skip('T')) return true;
        Skip(',');
        bool space = Spaces();
        if (space && _text[_at..].StartsWith("at ", StringComparison.OrdinalIgnoreCase)) _at += 3;
        return space;
    }

    private bool Time(out bool isMidnight)
    {
        int start = _at;
        isMidnight = false;
        if (!Number(0, 23, 2) || !Skip(':') || !Number(0, 59, 2, exactly: true)) return false;
        if (Skip(':'))
        {
            if (!Number(0, 60, 2, exactly: true)) return false;
            if (Skip('.') || Skip(',')) Digits(9);
        }

        isMidnight = _text[start.._at].IndexOfAnyExcept("0:.,") < 0;
        Maybe(" AM", " PM", "AM", "PM");
        if (Maybe("Z", " UTC", " GMT", "+00:00", "+0000")) return true;
        int zone = _at;
        if (!((Skip('+') || Skip('-')) && Number(0, 14, 2, exactly: true) && (Skip(':') | true) && Number(0, 59, 2, exactly: true))) _at = zone;
        return true;
    }

    private bool Maybe(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            int end = _at + word.Length;
            if (!_text[_at..].StartsWith(word, StringComparison.OrdinalIgnoreCase) || (end < _text.Length && char.IsAsciiLetterOrDigit(_text[end]))) continue;
            _at = end;
            return true;
        }

        return false;
    }

    private bool Ordinal() => Maybe("st", "nd", "rd", "th");

    /// <summary>Years a program of today may be asked about; other numbers of four digits are ports, sizes and the like.</summary>
    private bool Year() => Number(2000, 2099, 4, exactly: true);

    private bool Number(int min, int max, int digits, bool exactly = false)
    {
        int value = 0, length = 0;
        while (length < digits && _at + length < _text.Length && char.IsAsciiDigit(_text[_at + length])) value = value * 10 + (_text[_at + length++] - '0');
        if (length == 0 || (exactly && length < digits) || value < min || value > max) return false;
        _at += length;
        return true;
    }

    private void Digits(int max)
    {
        while (max-- > 0 && _at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
    }

    /// <summary>A name, or its first three letters.</summary>
    private bool Name(string[] names)
    {
        int length = 0;
        while (length < 10 && _at + length < _text.Length && char.IsAsciiLetter(_text[_at + length])) length++;
        if (length < 3) return false;
        ReadOnlySpan<char> word = _text.Slice(_at, length);
        foreach (string name in names)
        {
            if (!word.Equals(name, StringComparison.OrdinalIgnoreCase) && !word.Equals(name.AsSpan(0, 3), StringComparison.OrdinalIgnoreCase)) continue;
            _at += length;
            Skip('.');
            return true;
        }

        return false;
    }

    private bool Spaces()
    {
        int before = _at;
        while (_at < _text.Length && _at - before < 3 && _text[_at] == ' ') _at++;
        return _at > before;
    }

    private bool Skip(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private readonly bool IsAtBoundary() => _at >= _text.Length || !char.IsAsciiLetterOrDigit(_text[_at]);
}
