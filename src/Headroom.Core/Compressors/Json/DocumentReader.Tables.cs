using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Tables, records and their declarations.</content>
internal sealed partial class DocumentReader
{
    /// <summary>Rows a table may claim: more than any text this decoder sees can hold, so that a number in a header cannot exhaust memory.</summary>
    private const int MaxRows = 100_000_000;

    private bool RowCount(out int rows)
    {
        rows = 0;
        int i = _at + 1;
        while (i < _text.Length && char.IsAsciiDigit(_text[i])) i++;
        if (i == _at + 1 || i - _at > 10 || !_text.AsSpan(i).StartsWith(" rows", StringComparison.Ordinal)) return false;
        int after = i + 5;
        if (after >= _text.Length || _text[after] is not ('\n' or ';')) return false;
        rows = int.Parse(_text.AsSpan(_at + 1, i - _at - 1), NumberStyles.None, CultureInfo.InvariantCulture);
        if (rows is 0 or > MaxRows) return false;
        _at = after;
        return true;
    }

    private bool Table(int rows, bool isMap)
    {
        List<(string? Anchor, ColumnDeclaration Column)> hoisted = [];
        if (!TryHoisted(hoisted) || !TryTake('\n') || !TryHeader(out List<ColumnDeclaration>? shown, out char separator) || !TryTake('\n')) return false;
        var layout = new RowLayout();
        Merge(layout, shown, hoisted);
        if (layout.Columns.Count != shown.Count + hoisted.Count || !layout.TryComplete(isMap ? 1 : 0)) return false;
        if (isMap && (layout.Columns.Count == 0 || layout.Columns[0].Path != TablePlan.KeyColumn)) return false;
        foreach (ColumnDeclaration column in layout.Columns)
            if (!HasRows(column, rows)) return false;

        _output.Append(isMap ? '{' : '[');
        CellValue[] values = new CellValue[layout.Columns.Count];
        CellValue[] above = new CellValue[layout.Columns.Count];
        for (int row = 0; row < rows; row++)
        {
            if (IsTooLong) return false;
            if (row > 0) _output.Append(',');
            if (TryTake('*'))
            {
                if (isMap || !Value() || (_text[_at - 1] != '\n' && !TryTake('\n'))) return false;
                continue;
            }

            if (!TryRow(layout, separator, values, above) || !TryFill(layout, values, row)) return false;
            if (isMap)
            {
                JsonText.AppendQuoted(_output, values[0].Text);
                _output.Append(':');
            }

            if (!Emit(layout.Root, values)) _output.Append("{}");
        }

        _output.Append(isMap ? '}' : ']');
        return TryTake(isMap ? '}' : ']');
    }

    private static void Merge(RowLayout layout, List<ColumnDeclaration> shown, List<(string? Anchor, ColumnDeclaration Column)> hoisted)
    {
        ILookup<string, ColumnDeclaration> after = hoisted.ToLookup(h => h.Anchor ?? "", h => h.Column, StringComparer.Ordinal);
        layout.Columns.AddRange(after[""]);
        foreach (ColumnDeclaration column in shown)
        {
            layout.Columns.Add(column);
            layout.Columns.AddRange(after[column.Path]);
        }
    }

    private static bool HasRows(ColumnDeclaration column, int rows)
    {
        foreach (TemplatePart part in column.Parts)
            if (part.Kind == TemplatePartKind.Sequence && part.Text != part.Sequence.Describe(rows)) return false;
        return true;
    }

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

    private bool TryRow(RowLayout layout, char separator, CellValue[] values, CellValue[] above)
    {
        for (int i = 0; i < layout.Cells.Count; i++)
        {
            int column = layout.Cells[i];
            if (i > 0 && !TryTake(separator)) return false;
            if (!TryCell(layout.Columns[column], separator, above[column], out values[column])) return false;
            above[column] = values[column];
        }

        return TryTake('\n');
    }

    private bool TryCell(ColumnDeclaration column, char separator, CellValue above, out CellValue value)
    {
        value = default;
        if (_at >= _text.Length) return false;
        bool isKey = column.Path == TablePlan.KeyColumn;
        bool isTyped = isKey || column.Parts.Count > 0;
        char c = _text[_at];
        if (c == separator || c == '\n' || (separator == ' ' && IsAlone('-')))
        {
            if (separator == ' ' && !TryTake('-')) return false;
            if (!column.IsOptional) value = new CellValue("null", false);
            return true;
        }

        if (IsAlone('^'))
        {
            _at++;
            value = above;
            return true;
        }

        if (c == '"')
        {
            if (!TryQuoted(out string? text)) return false;
            value = new CellValue(text, true);
            return true;
        }

        if (StartsInner())
        {
            if (!Inner(out string? inner)) return false;
            value = new CellValue(inner, true);
            return true;
        }

        if (c is '[' or '{' || StartsRecord(out _))
        {
            int start = _output.Length;
            if (!Value()) return false;
            value = new CellValue(_output.ToString(start, _output.Length - start), false);
            _output.Length = start;
            return true;
        }

        int stop = _text.AsSpan(_at).IndexOfAny(separator, '\n');
        if (stop < 0) return false;
        ReadOnlySpan<char> bare = _text.AsSpan(_at, stop);
        _at += stop;
        if (!TryResolve(bare, out string? resolved, out bool isReference)) return false;
        bool isLiteral = !isReference && (isTyped ? bare is "null" && !isKey : Bare.IsLiteral(bare));
        value = new CellValue(resolved, !isLiteral);
        return true;

        bool IsAlone(char mark) => _text[_at] == mark && _at + 1 < _text.Length && (_text[_at + 1] == separator || _text[_at + 1] == '\n');
    }

    /// <summary>Completes the values of a row: constants, sequences, and strings made up from other columns.</summary>
    private bool TryFill(RowLayout layout, CellValue[] values, int row)
    {
        for (int i = 0; i < layout.Columns.Count; i++)
        {
            ColumnDeclaration column = layout.Columns[i];
            if (column.Constant is not null) values[i] = new CellValue(column.Constant, false);
            else if (column.Parts.Count > 0 && !column.Parts.Exists(p => p.Kind == TemplatePartKind.Reference) && !TryMake(column, values, ref values[i], row)) return false;
        }

        for (int i = 0; i < layout.Columns.Count; i++)
        {
            ColumnDeclaration column = layout.Columns[i];
            if (column.Parts.Exists(p => p.Kind == TemplatePartKind.Reference) && !TryMake(column, values, ref values[i], row)) return false;
        }

        return true;
    }

    private bool TryMake(ColumnDeclaration column, CellValue[] values, ref CellValue value, int row)
    {
        if (column.HasCell && !value.IsString) return true; // null or absent
        if (column.IsNumber)
        {
            value = new CellValue(column.Parts[0].Sequence.At(row), false);
            return true;
        }

        StringBuilder text = _made.Clear();
        foreach (TemplatePart part in column.Parts)
        {
            switch (part.Kind)
            {
                case TemplatePartKind.Literal: text.Append(part.Text); break;
                case TemplatePartKind.Hole: text.Append(value.Text); break;
                default:
                    if (values[part.Column].IsAbsent) return false;
                    text.Append(values[part.Column].Text);
                    break;
            }
        }

        value = new CellValue(text.ToString(), true);
        return true;
    }

    /// <summary>Appends what a place holds; nothing, and <see langword="false"/>, when it is absent.</summary>
    private bool Emit(LayoutNode node, CellValue[] values)
    {
        if (node.Column >= 0 && !values[node.Column].IsAbsent)
        {
            CellValue value = values[node.Column];
            if (value.IsString) JsonText.AppendQuoted(_output, value.Text);
            else _output.Append(value.Text);
            return true;
        }

        if (node.Children.Count == 0) return false;
        int start = _output.Length;
        bool isArray = node.Children[0].Segment.Index >= 0, any = false;
        _output.Append(isArray ? '[' : '{');
        foreach (LayoutNode child in node.Children)
        {
            int before = _output.Length;
            if (any) _output.Append(',');
            if (!isArray)
            {
                JsonText.AppendQuoted(_output, child.Segment.Key);
                _output.Append(':');
            }

            if (Emit(child, values)) any = true;
            else _output.Length = before;
        }

        _output.Append(isArray ? ']' : '}');
        if (!any) _output.Length = start;
        return any;
    }

    private bool StartsRecord(out int length)
    {
        length = 0;
        if (_shapes.Count == 0) return false;
        int i = _at;
        while (i < _text.Length && (char.IsAsciiLetterOrDigit(_text[i]) || _text[i] is '_' or '-')) i++;
        if (i == _at || i >= _text.Length || _text[i] != '(') return false;
        length = i - _at;
        return _shapes.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(_text.AsSpan(_at, length));
    }

    private bool Record(int length)
    {
        RowLayout layout = _shapes.GetAlternateLookup<ReadOnlySpan<char>>()[_text.AsSpan(_at, length)];
        _at += length + 1;
        CellValue[] values = new CellValue[layout.Columns.Count];
        foreach (int column in layout.Cells)
        {
            SkipSpace();
            if (!TryField(layout.Columns[column], out values[column])) return false;
        }

        return TryTake(')') && TryFill(layout, values, 0) && Emit(layout.Root, values);
    }

    private bool TryField(ColumnDeclaration column, out CellValue value)
    {
        value = default;
        if (_at >= _text.Length) return false;
        if (_text[_at] == '"')
        {
            if (!TryQuoted(out string? quoted)) return false;
            value = new CellValue(quoted, true);
            return true;
        }

        if (StartsInner())
        {
            if (!Inner(out string? inner)) return false;
            value = new CellValue(inner, true);
            return true;
        }

        if (_text[_at] is '[' or '{' or '>' || StartsRecord(out _))
        {
            int start = _output.Length;
            if (!Value()) return false;
            value = new CellValue(_output.ToString(start, _output.Length - start), false);
            _output.Length = start;
            return true;
        }

        int word = _at;
        if (!TryWord(out (string Text, bool IsLiteral) term)) return false;
        bool isLiteral = column.Parts.Count > 0 ? _text.AsSpan(word, _at - word) is "null" : term.IsLiteral;
        value = new CellValue(term.Text, !isLiteral);
        return true;
    }
}
