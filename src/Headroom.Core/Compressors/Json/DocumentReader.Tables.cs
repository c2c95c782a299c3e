using System.Globalization;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Tables and records.</content>
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
