using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Internal.Python;

/// <summary>Reads the repr of Python data, as <c>print</c> and <c>str</c> show lists, dicts and tuples, into JSON.</summary>
/// <remarks>
/// Linear, without recursion, never throws. Accepts a little more than Python writes: who wants the same text back writes it with
/// <see cref="ReprWriter"/> and compares.
/// </remarks>
internal sealed class ReprReader(string text, bool areTuplesBare = false)
{
    private readonly StringBuilder _string = new();
    private readonly char[] _open = new char[ReprStyle.MaxDepth];
    private (int At, int Depth, int Length) _complete;
    private ulong _tuples;
    private ulong _lists;
    private bool _hasCalls;
    private bool _hasBareKeys;

    /// <summary>The values that were read, as compact JSON.</summary>
    public StringBuilder Json { get; } = new();

    /// <summary>Whether the last value could go on behind the end: nothing in it was wrong.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Whether one level has both lists and tuples, which a style cannot say.</summary>
    public bool IsMixed => (_tuples & _lists) != 0;

    /// <summary>What the JSON does not show of all values read.</summary>
    public ReprStyle Style => new(_tuples, _hasCalls, _hasBareKeys);

    /// <summary>Whether a text is one value as Python shows it, and at most a line end.</summary>
    public static bool IsValue(string text)
    {
        int at = 0, end = text.EndsWith('\n') ? text.Length - 1 : text.Length;
        return new ReprReader(text, areTuplesBare: true).TryRead(ref at, end) && at == end;
    }

    /// <summary>Reads the list, dict or tuple at <paramref name="at"/>; on success <paramref name="at"/> is behind it.</summary>
    public bool TryRead(ref int at, int end)
    {
        ReadOnlySpan<char> source = text.AsSpan(0, end);
        int depth = 0;
        RanOut = false;
        while (true)
        {
            if (at >= end) return Stop(-1);
            char c = source[at];
            if (c is '[' or '{' || (c == '(' && (depth == 0 || !areTuplesBare)))
            {
                if (depth == _open.Length) return Stop(0);
                Open(c, depth);
                _open[depth++] = c == '[' ? ']' : c == '{' ? '}' : ')';
                if (++at < end && source[at] != _open[depth - 1])
                {
                    if (c == '{' && !TryReadKey(source, ref at)) return false;
                    continue;
                }
            }
            else if (depth == 0 || !TryReadScalar(source, ref at))
            {
                return false;
            }

            while (true) // a value is complete, or an empty container is about to close
            {
                if (depth == 0) return true;
                _complete = (at, depth, Json.Length);
                if (at >= end) return Stop(-1);
                char close = _open[depth - 1];
                if (close == ')' && source[at] == ',' && at + 1 < end && source[at + 1] == ')') at++; // the comma of a tuple of one
                if (source[at] == close)
                {
                    Json.Append(close == '}' ? '}' : ']');
                    at++;
                    depth--;
                    continue;
                }

                if (source[at] != ',') return Stop(0);
                if (at + 1 >= end) return Stop(-1);
                if (source[at + 1] != ' ') return Stop(0);
                at += 2;
                Json.Append(',');
                if (close == '}' && !TryReadKey(source, ref at)) return false;
                break;
            }
        }
    }

    /// <summary>Where the last complete value inside the value that was read ends.</summary>
    public int LastComplete => _complete.At;

    /// <summary>After a value that was cut off or goes wrong: forgets what follows the last complete value in it, and closes what is open there.</summary>
    /// <returns>Where that value ends in the text.</returns>
    public int CloseAtLastValue()
    {
        Json.Length = _complete.Length;
        for (int depth = _complete.Depth - 1; depth >= 0; depth--) Json.Append(_open[depth] == '}' ? '}' : ']');
        return _complete.At;
    }

    private void Open(char c, int depth)
    {
        Json.Append(c == '{' ? '{' : '[');
        if (c == '(') _tuples |= 1UL << depth;
        else if (c == '[') _lists |= 1UL << depth;
    }

    private bool TryReadKey(ReadOnlySpan<char> source, ref int at)
    {
        if (at >= source.Length) return Stop(-1);
        if (source[at] is '\'' or '"')
        {
            if (!TryReadString(source, ref at)) return false;
        }
        else
        {
            int length = NumberLength(source[at..]);
            if (length == 0) length = WordLength(source[at..]);
            if (length == 0) length = ReprBare.Length(source[at..], areTuples: true);
            if (length <= 0) return Stop(length);
            JsonText.AppendQuoted(Json, source.Slice(at, length));
            _hasBareKeys = true;
            at += length;
        }

        if (at + 1 >= source.Length) return Stop(-1);
        if (source[at] != ':' || source[at + 1] != ' ') return Stop(0);
        Json.Append(':');
        at += 2;
        return true;
    }

    private bool TryReadScalar(ReadOnlySpan<char> source, ref int at)
    {
        ReadOnlySpan<char> rest = source[at..];
        if (rest[0] is '\'' or '"') return TryReadString(source, ref at);
        int length = NumberLength(rest);
        if (length > 0)
        {
            Json.Append(rest[..length]);
        }
        else if ((length = WordLength(rest)) > 0)
        {
            Json.Append(rest[0] switch { 'T' => "true", 'F' => "false", _ => "null" });
        }
        else
        {
            length = ReprBare.Length(rest, areTuplesBare);
            if (length <= 0) return Stop(length);
            JsonText.AppendQuoted(Json, rest[..length]);
            _hasCalls = true;
        }

        at += length;
        return true;
    }

    private bool TryReadString(ReadOnlySpan<char> source, ref int at)
    {
        _string.Clear();
        int end = ReprText.Read(source, at, _string);
        if (end <= 0) return Stop(end);
        JsonText.AppendQuoted(Json, _string.ToString());
        at = end;
        return true;
    }

    private static int NumberLength(ReadOnlySpan<char> rest)
    {
        if (rest[0] != '-' && !char.IsAsciiDigit(rest[0])) return 0;
        int length = 1;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] is '.' or 'e' or 'E' or '+' or '-')) length++;
        return JsonParser.IsNumber(rest[..length]) ? length : 0;
    }

    private static int WordLength(ReadOnlySpan<char> rest) =>
        rest.StartsWith("True", StringComparison.Ordinal) || rest.StartsWith("None", StringComparison.Ordinal) ? 4 : rest.StartsWith("False", StringComparison.Ordinal) ? 5 : 0;

    private bool Stop(int length)
    {
        RanOut = length < 0;
        return false;
    }
}
