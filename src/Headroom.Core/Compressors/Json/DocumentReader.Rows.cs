using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Rows: their cells, what is made up from other columns, and the value they stand for.</content>
internal sealed partial class DocumentReader
{
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
}
