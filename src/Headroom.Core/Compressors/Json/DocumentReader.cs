using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Internal.Json;
using Headroom.Internal.Python;

namespace Headroom.Compressors.Json;

/// <summary>Reads the document notation back into compact JSON. Strict: anything unexpected makes it fail, never throw.</summary>
internal sealed partial class DocumentReader
{
    /// <summary>Nesting above what the writer writes: a bound on the stack, whatever the text.</summary>
    private const int MaxDepth = DocumentPlan.MaxDepth * 2;

    /// <summary>Characters a document may stand for besides twenty times its own: a short text must not decode to gigabytes.</summary>
    private const int MaxOutput = 64 * 1024 * 1024;

    /// <summary>Characters that a character of a document stands for in ordinary cases. The output is taken in one piece: its length is set back often, which is slow across pieces.</summary>
    private const int UsualGrowth = 3;

    private readonly string _text;
    private readonly StringBuilder _output;
    private readonly StringBuilder _made = new();
    private readonly List<string> _dictionary = [];
    private readonly Dictionary<string, RowLayout> _shapes = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;

    private DocumentReader(string text)
    {
        _text = text;
        _output = new StringBuilder((int)Math.Min((long)text.Length * UsualGrowth, MaxOutput));
    }

    /// <summary>Reads a text that starts with a header of the notation.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? original)
    {
        original = null;
        if (!DocumentHeader.TryRead(text, out DocumentHeader header, out int length)) return false;
        if (header.Form == DocumentForm.TextString)
        {
            original = Quoted(text[length..]);
            return true;
        }

        string body = header.After == 0 ? text : text[..^header.After];
        var reader = new DocumentReader(body) { _at = length + (header.Form == DocumentForm.InText ? header.Before : 0) };
        if (!reader.Legend() || !reader.Body()) return false;
        if (header.Python is { } python)
        {
            original = PythonText(text, length, header, python, reader._output.ToString());
            return original is not null;
        }

        original = header.Form switch
        {
            DocumentForm.Lines => reader.Lines(),
            DocumentForm.InString => Respelled(reader._output.ToString(), header.Spelling) is { } inner ? Quoted(inner) : null,
            DocumentForm.InText => string.Concat(text.AsSpan(length, header.Before), reader._output.ToString(), text.AsSpan(text.Length - header.After)),
            DocumentForm.Cut => Respelled(reader._output.ToString(), header.Spelling) is { } whole && whole.Length >= header.Before
                ? string.Concat(whole.AsSpan(0, header.Before), text.AsSpan(text.Length - header.After))
                : null,
            _ => reader._output.ToString(),
        };
        return original is not null;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length);
        JsonText.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    private static string? Respelled(string json, JsonSpelling spelling)
    {
        if (spelling == JsonSpelling.Compact) return json;
        if (JsonParser.Parse(json) is not { } tape) return null;
        var text = new StringBuilder(json.Length);
        JsonWriter.Append(text, tape, 0, spelling);
        return text.ToString();
    }

    /// <summary>The text that Python wrote, of the JSON that was read.</summary>
    private static string? PythonText(string text, int start, DocumentHeader header, PythonNote note, string json)
    {
        if (JsonParser.Parse(json) is not { } tape || tape.MaxDepth > MaxDepth || (header.Form == DocumentForm.Lines && tape.Kind(0) != JsonKind.Array)) return null;
        var output = new StringBuilder(json.Length);
        ReadOnlySpan<char> after = text.AsSpan(text.Length - header.After);
        switch (header.Form)
        {
            case DocumentForm.Lines:
                PythonData.AppendLines(output, tape, note.Style);
                break;
            case DocumentForm.InText:
                output.Append(text, start, header.Before);
                ReprWriter.Append(output, tape, 0, note.Style);
                if (note.Cut > 0 && note.Cut < output.Length - header.Before) output.Length = header.Before + note.Cut;
                output.Append(after);
                break;
            default:
                ReprWriter.Append(output, tape, 0, note.Style);
                break;
        }

        if (note.EndsLine) output.Append('\n');
        return output.ToString();
    }

    /// <summary>The items of the array that was read, one a line.</summary>
    private string? Lines()
    {
        JsonTape? tape = JsonParser.Parse(_output.ToString());
        if (tape is null || tape.Kind(0) != JsonKind.Array) return null;
        var lines = new StringBuilder(tape.Text.Length);
        int end = tape.Next(0);
        for (int item = 1; item < end; item = tape.Next(item))
        {
            if (tape.Kind(item) == JsonKind.String) lines.Append(tape.Value(item)); // a line that is no JSON
            else lines.Append(tape.Raw(item));
            lines.Append('\n');
        }

        return lines.ToString();
    }

    private bool Legend()
    {
        while (_at < _text.Length && _text[_at] == '$')
        {
            int end = _text.AsSpan(_at).IndexOf('=');
            if (end < 2 || !int.TryParse(_text.AsSpan(_at + 1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number != _dictionary.Count + 1) return false;
            _at += end + 1;
            if (!TryString(out string? text) || !TryTake('\n')) return false;
            _dictionary.Add(text);
        }

        while (ShapeNameLength() is var length and > 0)
        {
            string name = _text.Substring(_at, length);
            _at += length + 1;
            if (!TryLayout(' ', ')', out RowLayout? layout) || !TryTake(')') || !TryTake('\n') || !_shapes.TryAdd(name, layout)) return false;
        }

        return true;
    }

    private int ShapeNameLength()
    {
        int i = _at;
        while (i < _text.Length && (char.IsAsciiLetterOrDigit(_text[i]) || _text[i] is '_' or '-')) i++;
        return i > _at && i < _text.Length && _text[i] == '(' && !_shapes.ContainsKey(_text[_at..i]) ? i - _at : 0;
    }

    private bool Body()
    {
        if (_at >= _text.Length) return false;
        if (_text[_at] is '[' or '{' || StartsRecord(out _))
        {
            if (!Value()) return false;
        }
        else if (!Entries('\0'))
        {
            return false;
        }

        return _at == _text.Length;
    }

    private bool TryTake(char c)
    {
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\n')) _at++;
    }

    private bool IsTooLong => _output.Length > MaxOutput + 20L * _text.Length;

    private bool Value()
    {
        if (_at >= _text.Length || ++_depth > MaxDepth || IsTooLong) return false;
        bool read = _text[_at] switch
        {
            '[' => RowCount(out int rows) ? Table(rows, false) : Array(),
            '{' => RowCount(out int rows) ? Table(rows, true) : Object(),
            '>' => RawLine(),
            '"' => QuotedValue(),
            '@' when StartsInner() => Inner(out string? text) && Append(text),
            _ => StartsRecord(out int length) ? Record(length) : Word(),
        };
        _depth--;
        return read;
    }

    private bool Append(string text)
    {
        JsonText.AppendQuoted(_output, text);
        return true;
    }

    private bool StartsInner()
    {
        int i = _at + 1;
        if (i < _text.Length && (_text[i] is 's' or '2' or '4' or 'p')) i++;
        return i < _text.Length && _text[_at] == Notation.Inner && (_text[i] is '{' or '[');
    }

    /// <summary>JSON that stands in a string.</summary>
    private bool Inner([NotNullWhen(true)] out string? text)
    {
        text = null;
        JsonSpelling spelling = JsonSpelling.Compact;
        if (_text[++_at] is not ('{' or '[')) spelling = (JsonSpelling)Notation.InnerSpellings.IndexOf(_text[_at++]);
        int start = _output.Length;
        if (!Value()) return false;
        text = Respelled(_output.ToString(start, _output.Length - start), spelling);
        _output.Length = start;
        return text is not null;
    }

    private bool Array()
    {
        _at++;
        _output.Append('[');
        bool first = true;
        while (true)
        {
            SkipSpace();
            if (TryTake(']')) break;
            if (!first) _output.Append(',');
            first = false;
            if (!Value()) return false;
        }

        _output.Append(']');
        return true;
    }

    private bool Object()
    {
        _at++;
        return Entries('}') && TryTake('}');
    }

    /// <summary>Reads key=value entries up to the closing bracket, or to the end of the text.</summary>
    private bool Entries(char close)
    {
        _output.Append('{');
        bool first = true;
        while (true)
        {
            SkipSpace();
            if (close == '\0' ? _at >= _text.Length : _at < _text.Length && _text[_at] == close) break;
            if (!first) _output.Append(',');
            first = false;
            if (!Key() || !Value()) return false;
        }

        _output.Append('}');
        return true;
    }

    private bool Key()
    {
        if (_at >= _text.Length) return false;
        if (_text[_at] == '"')
        {
            int end = ColumnPath.QuotedEnd(_text, _at);
            if (end < 0) return false;
            _output.Append(_text, _at, end - _at);
            _at = end;
        }
        else
        {
            int length = _text.AsSpan(_at).IndexOf('=');
            if (length <= 0 || !Bare.IsKey(_text.AsSpan(_at, length))) return false;
            JsonText.AppendQuoted(_output, _text.AsSpan(_at, length));
            _at += length;
        }

        _output.Append(':');
        return TryTake('=');
    }

    private bool RawLine()
    {
        _at++;
        int end = _text.IndexOf('\n', _at);
        if (end < 0) return false;
        JsonText.AppendQuoted(_output, _text.AsSpan(_at, end - _at));
        _at = end + 1;
        return true;
    }

    private bool QuotedValue()
    {
        if (!TryQuoted(out string? text)) return false;
        JsonText.AppendQuoted(_output, text);
        return true;
    }

    private bool Word()
    {
        if (!TryWord(out (string Text, bool IsLiteral) text)) return false;
        AppendTerm(_output, text);
        return true;
    }

    /// <summary>Appends a bare term: a number or a name of a value as it is, a reference resolved, anything else as a string.</summary>
    private static void AppendTerm(StringBuilder output, (string Text, bool IsLiteral) term)
    {
        if (term.IsLiteral) output.Append(term.Text);
        else JsonText.AppendQuoted(output, term.Text);
    }
}
