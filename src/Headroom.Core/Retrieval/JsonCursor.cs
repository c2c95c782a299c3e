using System.Globalization;
using System.Text;
using Headroom.Internal.Python;

namespace Headroom.Retrieval;

/// <summary>
/// Walks over JSON, or data as Python shows it, without parsing values: finds where each one starts and ends. No recursion; checks no more than
/// it needs.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<char> text, int at, bool isPython = false)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Where the cursor stands.</summary>
    public int At { get; private set; } = at;

    /// <summary>The character at the cursor; NUL at the end.</summary>
    public readonly char Current => At < _text.Length ? _text[At] : '\0';

    public void SkipWhiteSpace()
    {
        while (At < _text.Length && _text[At] is ' ' or '\t' or '\r' or '\n' or '\uFEFF') At++;
    }

    /// <summary>Skips white space, and then <paramref name="c"/> if it stands there.</summary>
    public bool TryTake(char c)
    {
        SkipWhiteSpace();
        if (Current != c) return false;
        At++;
        return true;
    }

    /// <summary>Skips white space, and then the bracket of an array (or tuple) if it stands there.</summary>
    public bool TryTakeArray() => TryTake('[') || (isPython && TryTake('('));

    /// <summary>Steps over the value at the cursor.</summary>
    /// <returns><see langword="false"/> when there is none, or the text ends before it does.</returns>
    public bool TrySkipValue(out TextSpan span)
    {
        SkipWhiteSpace();
        if (isPython) return TrySkipPython(out span);
        int start = At;
        int depth = 0;
        span = default;
        do
        {
            if (depth > 0)
            {
                int next = _text[At..].IndexOfAny("\"[]{}");
                if (next < 0) return false;
                At += next;
            }

            switch (Current)
            {
                case '"':
                    if (!TrySkipString()) return false;
                    break;
                case '{' or '[':
                    depth++;
                    At++;
                    break;
                case '}' or ']' when depth > 0:
                    depth--;
                    At++;
                    break;
                default:
                    SkipScalar();
                    if (At == start) return false;
                    break;
            }
        }
        while (depth > 0);

        span = new TextSpan(start, At);
        return true;
    }

    /// <summary>Reads the member name at the cursor, and the colon behind it.</summary>
    public bool TryReadName(out string name)
    {
        name = "";
        SkipWhiteSpace();
        if (isPython) return TryReadKey(out name);
        int start = At;
        if (Current != '"' || !TrySkipString()) return false;
        name = Decode(_text[(start + 1)..(At - 1)]);
        return TryTake(':');
    }

    /// <summary>Steps over a value up to the comma, colon or bracket behind it; strings and whatever is in brackets go by whole.</summary>
    private bool TrySkipPython(out TextSpan span)
    {
        int start = At, depth = 0;
        span = default;
        for (; At < _text.Length; At++)
        {
            char c = _text[At];
            if (depth == 0 && c is ',' or ':' or ']' or '}' or ')' or '\n') break;
            if (c is '[' or '{' or '(' or '<') depth++;
            else if (c is ']' or '}' or ')' or '>') depth--;
            if (c is not ('\'' or '"')) continue;
            int end = ReprBare.StringEnd(_text, At);
            if (end < 0) return false;
            At = end - 1;
        }

        span = new TextSpan(start, At);
        return At > start && depth == 0;
    }

    private bool TryReadKey(out string name)
    {
        name = "";
        if (!TrySkipPython(out TextSpan span)) return false;
        ReadOnlySpan<char> key = _text.Slice(span.Start, span.Length);
        var text = new StringBuilder();
        if (key[0] is not ('\'' or '"')) text.Append(key);
        else if (ReprText.Read(key, 0, text) != key.Length) return false;
        name = text.ToString();
        return TryTake(':');
    }

    private bool TrySkipString()
    {
        for (At++; At < _text.Length; At++)
        {
            int next = _text[At..].IndexOfAny('"', '\\');
            if (next < 0) break;
            At += next;
            if (_text[At] == '"')
            {
                At++;
                return true;
            }

            At++; // the escaped character
        }

        At = _text.Length;
        return false;
    }

    private void SkipScalar()
    {
        while (At < _text.Length && (char.IsAsciiLetterOrDigit(_text[At]) || _text[At] is '-' or '+' or '.')) At++;
    }

    private static string Decode(ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('\\')) return new string(raw);
        var name = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || ++i == raw.Length)
            {
                name.Append(raw[Math.Min(i, raw.Length - 1)]);
                continue;
            }

            bool isUnit = raw[i] == 'u' && i + 4 < raw.Length;
            if (isUnit && ushort.TryParse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                name.Append((char)unit);
                i += 4;
            }
            else
            {
                name.Append(raw[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', char c => c });
            }
        }

        return name.ToString();
    }
}
