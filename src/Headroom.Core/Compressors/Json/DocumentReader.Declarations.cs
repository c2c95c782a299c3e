using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Headroom.Compressors.Json;

/// <content>Declarations of columns: of tables, of what is in all rows, of records.</content>
internal sealed partial class DocumentReader
{
    private bool TryHoisted(List<(string? Anchor, ColumnDeclaration Column)> hoisted)
    {
        if (!_text.AsSpan(_at).StartsWith(Notation.InAll, StringComparison.Ordinal)) return true;
        _at += Notation.InAll.Length;
        string? anchor = null;
        while (TryTake(' '))
        {
            if (TryTake('>'))
            {
                int length = ColumnPath.Length(_text.AsSpan(_at));
                if (length == 0) length = _text.AsSpan(_at).StartsWith(TablePlan.KeyColumn, StringComparison.Ordinal) ? TablePlan.KeyColumn.Length : 0;
                if (length == 0) return false;
                anchor = _text.Substring(_at, length);
                _at += length;
                continue;
            }

            if (!TryDeclaration(out ColumnDeclaration? column) || column.HasCell) return false;
            hoisted.Add((anchor, column));
        }

        return hoisted.Count > 0;
    }

    private bool TryHeader([NotNullWhen(true)] out List<ColumnDeclaration>? shown, out char separator)
    {
        shown = [];
        separator = '|';
        if (_at < _text.Length && _text[_at] == '\n') return true; // nothing varies
        while (true)
        {
            if (!TryDeclaration(out ColumnDeclaration? column) || !column.HasCell || _at >= _text.Length) return false;
            shown.Add(column);
            if (_text[_at] == '\n') return true;
            if (shown.Count == 1) separator = _text[_at];
            if (_text[_at] != separator || !Notation.Separators.Contains(separator)) return false;
            _at++;
        }
    }

    /// <summary>Reads declarations up to a closing character, which is left.</summary>
    private bool TryLayout(char separator, char close, [NotNullWhen(true)] out RowLayout? layout)
    {
        layout = new RowLayout();
        while (true)
        {
            if (!TryDeclaration(out ColumnDeclaration? column)) return false;
            layout.Columns.Add(column);
            if (_at < _text.Length && _text[_at] == close) return layout.TryComplete(0);
            if (!TryTake(separator)) return false;
        }
    }

    private bool TryDeclaration([NotNullWhen(true)] out ColumnDeclaration? column)
    {
        column = null;
        if (_at >= _text.Length) return false;
        ReadOnlySpan<char> rest = _text.AsSpan(_at);
        int length = rest.StartsWith(TablePlan.KeyColumn, StringComparison.Ordinal) ? TablePlan.KeyColumn.Length : ColumnPath.Length(rest);
        if (length == 0) return false;
        column = new ColumnDeclaration(_text.Substring(_at, length));
        _at += length;
        column.IsOptional = TryTake('?');
        if (!TryTake('=')) return true;
        if (TryTake('`')) return TryTemplate(column);
        if (TryTake('(')) return TryNumbers(column);
        int start = _output.Length;
        if (!Value()) return false;
        column.Constant = _output.ToString(start, _output.Length - start);
        _output.Length = start;
        return true;
    }

    private bool TryNumbers(ColumnDeclaration column)
    {
        int end = _text.IndexOf(')', _at);
        if (end < 0 || !TryParseSequence(_text[_at..end], out TemplatePart part)) return false;
        column.Parts.Add(part);
        column.IsNumber = true;
        _at = end + 1;
        return true;
    }

    private bool TryTemplate(ColumnDeclaration column)
    {
        var literal = new StringBuilder();
        while (_at < _text.Length)
        {
            char c = _text[_at++];
            if (c == '`')
            {
                Flush();
                return column.Parts.Count > 0;
            }

            if (c is '\n' || (c == '}' && !TryTake('}'))) return false;
            if (c != '{' || TryTake('{'))
            {
                literal.Append(c);
                continue;
            }

            int close = _text.IndexOf('}', _at);
            if (close < 0) return false;
            string inside = _text[_at..close];
            _at = close + 1;
            Flush();
            if (inside.Length == 0) column.Parts.Add(TemplatePart.Hole);
            else column.Parts.Add(new TemplatePart(TemplatePartKind.Reference, inside, -1, default));
        }

        return false;

        void Flush()
        {
            if (literal.Length == 0) return;
            column.Parts.Add(TemplatePart.Of(literal.ToString()));
            literal.Clear();
        }
    }

    private static bool TryParseSequence(string text, out TemplatePart part)
    {
        part = default;
        if (!text.StartsWith("0..", StringComparison.Ordinal) && !text.StartsWith("1..", StringComparison.Ordinal)) return false;
        part = TemplatePart.Of(new Sequence(text[0] - '0')) with { Text = text };
        return true;
    }
}
