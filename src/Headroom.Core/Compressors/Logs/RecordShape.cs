namespace Headroom.Compressors.Logs;

/// <summary>What is constant in the units of one symbol, and what each unit must tell.</summary>
internal sealed class RecordShape
{
    private const int NotSame = -1;

    private readonly LogLines _lines;
    private readonly LogUnit _first;
    private readonly bool[] _varies;
    private readonly int[] _prefix;
    private readonly int[] _suffix;
    private readonly int[] _shortest;
    private readonly int[] _sameAs;

    public RecordShape(LogLines lines, LogUnit first)
    {
        _lines = lines;
        _first = first;
        ReadOnlySpan<LineToken> tokens = lines.Tokens(first.Line, first.Lines);
        int count = tokens.Length;
        _varies = new bool[count];
        _prefix = new int[count];
        _suffix = new int[count];
        _shortest = new int[count];
        _sameAs = new int[count];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            _prefix[i] = _suffix[i] = _shortest[i] = tokens[i].Length;
            _sameAs[i] = seen.TryAdd(lines.Value(tokens[i]).ToString(), i) ? NotSame : seen[lines.Value(tokens[i]).ToString()];
        }
    }

    public int Units { get; private set; } = 1;

    /// <summary>The first unit of this shape.</summary>
    public LogUnit First => _first;

    /// <summary>Tokens that differ between units, in order; the values of a row.</summary>
    public int[] Fields { get; private set; } = [];

    public void Add(LogUnit unit)
    {
        Units++;
        ReadOnlySpan<LineToken> first = _lines.Tokens(_first.Line, _first.Lines);
        ReadOnlySpan<LineToken> tokens = _lines.Tokens(unit.Line, unit.Lines);
        for (int i = 0; i < first.Length; i++)
        {
            ReadOnlySpan<char> value = _lines.Value(tokens[i]);
            if (_sameAs[i] >= 0 && !value.SequenceEqual(_lines.Value(tokens[_sameAs[i]]))) _sameAs[i] = NotSame;
            ReadOnlySpan<char> shown = _lines.Value(first[i]);
            if (value.SequenceEqual(shown)) continue;
            _varies[i] = true;
            _shortest[i] = Math.Min(_shortest[i], value.Length);
            if (_prefix[i] > 0) _prefix[i] = Math.Min(_prefix[i], shown.CommonPrefixLength(value));
            if (_suffix[i] > 0) _suffix[i] = Math.Min(_suffix[i], CommonSuffixLength(shown, value));
        }
    }

    /// <summary>Decides what is a field once all units were added.</summary>
    public void Finish()
    {
        ReadOnlySpan<LineToken> first = _lines.Tokens(_first.Line, _first.Lines);
        List<int> fields = [];
        for (int i = 0; i < first.Length; i++)
        {
            if (!_varies[i])
            {
                _sameAs[i] = NotSame;
                continue;
            }

            if (first[i].Kind == TokenKind.Time)
            {
                _prefix[i] = _suffix[i] = 0;
            }
            else
            {
                ReadOnlySpan<char> shown = _lines.Value(first[i]);
                _prefix[i] = ToBoundary(shown, Math.Min(_prefix[i], _shortest[i] - 1));
                _suffix[i] = FromBoundary(shown, Math.Min(_suffix[i], _shortest[i] - _prefix[i] - 1));
            }

            if (_sameAs[i] < 0) fields.Add(i);
        }

        Fields = [.. fields];
    }

    /// <summary>The value of a field in a unit, without what all units share of it.</summary>
    public ReadOnlySpan<char> Value(LogUnit unit, int token)
    {
        ReadOnlySpan<char> value = _lines.Value(_lines.Tokens(unit.Line, unit.Lines)[token]);
        return value[_prefix[token]..^_suffix[token]];
    }

    /// <summary>Whether a token differs between units.</summary>
    public bool Varies(int token) => _varies[token];

    public bool IsTime(int token) => _lines.Tokens(_first.Line, _first.Lines)[token].Kind == TokenKind.Time;

    /// <summary>The unit with its values in brackets; <see langword="null"/> when brackets occur in it.</summary>
    public string? Definition(LogUnit unit, char open, char close)
    {
        ReadOnlySpan<char> record = _lines.Span(unit.Line, unit.Lines);
        if (record.IndexOfAny(open, close) >= 0) return null;
        int start = _lines.Start(unit.Line);
        ReadOnlySpan<LineToken> tokens = _lines.Tokens(unit.Line, unit.Lines);
        var text = new System.Text.StringBuilder(record.Length + 2 * Fields.Length);
        int at = start;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!_varies[i]) continue;
            int from = tokens[i].Start + _prefix[i];
            int to = tokens[i].End - _suffix[i];
            text.Append(_lines.Text, at, from - at).Append(open);
            if (_sameAs[i] >= 0) text.Append('=');
            text.Append(_lines.Text, from, to - from).Append(close);
            at = to;
        }

        return text.Append(_lines.Text, at, start + record.Length - at).ToString();
    }

    private static int CommonSuffixLength(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)]) length++;
        return length;
    }

    /// <summary>
    /// The longest prefix to hoist. Names, numbers and addresses stay whole, so that a reader finds them as words:
    /// the cut is behind a slash, an equals sign and the like, never behind a dot, dash or underscore.
    /// </summary>
    private static int ToBoundary(ReadOnlySpan<char> value, int length)
    {
        while (length > 0 && value[length - 1] is not (' ' or '/' or '\\' or '=' or '@' or '#' or ':' or '?' or '&')) length--;
        return length;
    }

    /// <summary>The longest suffix to hoist: whole path segments, the domain of an address, a file extension or a unit.</summary>
    private static int FromBoundary(ReadOnlySpan<char> value, int length)
    {
        while (length > 0 && value[^length] is not ('/' or '\\' or '=' or '@' or ':' or '?' or '&') && !IsEnding(value[..^length], value[^length..])) length--;
        return length;
    }

    /// <summary>Whether this is an extension as in <c>.cs</c>, or the unit of a number as in <c>12ms</c>.</summary>
    private static bool IsEnding(ReadOnlySpan<char> before, ReadOnlySpan<char> ending)
    {
        if (before.Length == 0 || ending.Length > 6) return false;
        if (ending[0] == '.') return ending.Length > 1 && char.IsAsciiLetter(ending[1]) && !ending[1..].Contains('.');
        return ending.Length <= 3 && char.IsAsciiDigit(before[^1]) && char.IsLetter(ending[0]);
    }
}
