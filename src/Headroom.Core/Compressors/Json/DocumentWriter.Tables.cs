using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Tables and records.</content>
internal sealed partial class DocumentWriter
{
    /// <summary>Rows by which the separator of a table is chosen.</summary>
    private const int SampleRows = 60;

    /// <summary>Estimated tokens (in tenths) above which a cell that equals the one above is written as a ditto mark.</summary>
    private const int MinDittoCost = 25;

    /// <summary>Characters of a cell that is compared with the one above: shorter ones are cheap, and giants hardly repeat.</summary>
    private const int MinDitto = 6, MaxDitto = 400;

    private void Table(TablePlan table, int node)
    {
        bool isMap = table.Keys is not null;
        _output.Append(isMap ? '{' : '[').Append(CultureInfo.InvariantCulture, $"{table.Rows.Length} rows{(HasGaps(node) ? " shown" : "")}");
        Hoisted(table, HasGaps(node) ? Notation.InShown : Notation.InAll);
        char separator = ChooseSeparator(table);
        _output.Append('\n');
        Headings(table, separator);
        _output.Append('\n');
        Rows(table, separator, 0, table.Rows.Length);
        GapAtEnd(node);
        _output.Append(isMap ? '}' : ']');
    }

    private void Headings(TablePlan table, char separator)
    {
        bool first = true;
        foreach (Column column in table.Columns)
        {
            if (!column.HasCells) continue;
            if (!first) _output.Append(separator);
            first = false;
            Heading(column, table.Columns, table.Rows.Length);
        }
    }

    /// <summary>What all rows have in common, each after the column it follows.</summary>
    private void Hoisted(TablePlan table, string introduction)
    {
        Column? anchor = null, written = null;
        bool any = false;
        foreach (Column column in table.Columns)
        {
            if (column.HasCells)
            {
                anchor = column;
                continue;
            }

            if (!any) _output.Append(introduction);
            any = true;
            if (!ReferenceEquals(anchor, written)) _output.Append(" >").Append(anchor!.Path);
            written = anchor;
            _output.Append(' ');
            Heading(column, table.Columns, table.Rows.Length);
        }
    }

    private void Heading(Column column, IReadOnlyList<Column> columns, int rows)
    {
        _output.Append(column.Path);
        if (column.IsOptional) _output.Append('?');
        if (column.Constant >= 0)
        {
            _output.Append('=');
            _plain = true;
            Value(column.Constant);
            _plain = false;
        }
        else if (column.Template is { } template)
        {
            _output.Append('=');
            Pattern(template, columns, rows);
        }
    }

    private void Pattern(Template template, IReadOnlyList<Column> columns, int rows)
    {
        if (template.IsNumber)
        {
            _output.Append('(').Append(template.Parts[0].Sequence.Describe(rows)).Append(')');
            return;
        }

        _output.Append('`');
        foreach (TemplatePart part in template.Parts)
        {
            switch (part.Kind)
            {
                case TemplatePartKind.Literal: _output.Append(part.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)); break;
                case TemplatePartKind.Reference: _output.Append('{').Append(columns[part.Column].Path).Append('}'); break;
                default: _output.Append("{}"); break;
            }
        }

        _output.Append('`');
    }

    private void Rows(TablePlan table, char separator, int from, int to)
    {
        (int Start, int Length)[] above = new (int, int)[table.Columns.Count]; // where the cells above stand, those worth comparing
        for (int row = from; row < to; row++)
        {
            if (!_isSample && GapBefore(table.Keys is null ? table.Rows[row] : table.Rows[row] - 1)) Array.Clear(above);
            if (table.IsOdd[row])
            {
                _output.Append('*');
                Value(table.Rows[row]);
                if (_output[^1] != '\n') _output.Append('\n');
                continue;
            }

            bool first = true;
            for (int i = 0; i < table.Columns.Count; i++)
            {
                Column column = table.Columns[i];
                if (!column.HasCells) continue;
                if (!first) _output.Append(separator);
                first = false;
                int start = _output.Length;
                Cell(column, row, separator);
                DittoIfSame(ref above[i], start);
            }

            _output.Append('\n');
        }
    }

    private void DittoIfSame(ref (int Start, int Length) above, int start)
    {
        int length = _output.Length - start;
        if (length is < MinDitto or > MaxDitto)
        {
            above = default;
            return;
        }

        if (above.Length == length)
        {
            Span<char> cells = stackalloc char[2 * MaxDitto];
            Span<char> cell = cells[..length], other = cells[MaxDitto..][..length];
            _output.CopyTo(start, cell, length);
            _output.CopyTo(above.Start, other, length);
            if (cell.SequenceEqual(other))
            {
                if (TokenCost.Tenths(cell) < MinDittoCost) return;
                _output.Length = start;
                _output.Append(Notation.Ditto);
                return;
            }
        }

        above = (start, length);
    }

    private void Cell(Column column, int row, char separator)
    {
        int value = column.Values[row];
        JsonKind kind = value < 0 ? JsonKind.Null : _tape.Kind(value);
        if (value < 0 || (kind == JsonKind.Null && !column.IsOptional))
        {
            _marks |= (value < 0 ? DocumentMarks.Absent : DocumentMarks.Null) | (separator == ' ' ? DocumentMarks.Dash : DocumentMarks.Empty);
            if (separator == ' ') _output.Append(Notation.Blank);
        }
        else if (kind == JsonKind.String)
        {
            ReadOnlySpan<char> text = _tape.Value(value);
            bool isTyped = column.Template is not null || column.Path == TablePlan.KeyColumn;
            if (column.Template is not null) text = text[column.Template!.HoleStarts[row]..column.Template.HoleEnds[row]];
            if (isTyped || !TryInner(text)) _terms.Cell(text, separator, isTyped);
        }
        else
        {
            Value(value);
        }
    }

    /// <summary>The separator with which a sample of the rows is cheapest.</summary>
    private char ChooseSeparator(TablePlan table)
    {
        if (table.Columns.Count(c => c.HasCells) < 2) return Notation.Separators[0];
        char best = Notation.Separators[0];
        int least = int.MaxValue, start = _output.Length;
        TextDictionary? dictionary = _terms.Dictionary;
        DocumentMarks marks = _marks;
        _terms.Dictionary = dictionary ?? TextDictionary.Empty; // a sample must not count as seen
        _isSample = true;
        foreach (char separator in Notation.Separators)
        {
            Rows(table, separator, 0, Math.Min(SampleRows, table.Rows.Length));
            int cost = TokenCost.Tenths(_output.ToString(start, _output.Length - start));
            _output.Length = start;
            if (cost < least) (best, least) = (separator, cost);
        }

        _isSample = false;
        _terms.Dictionary = dictionary;
        _marks = marks;
        return best;
    }

    private void Declare(RecordShape shape)
    {
        _output.Append(shape.Name).Append('(');
        for (int i = 0; i < shape.Fields.Count; i++)
        {
            if (i > 0) _output.Append(' ');
            Heading(shape.Fields[i], shape.Fields, 0);
        }

        _output.Append(")\n");
    }

    private void Record(RecordShape shape, int node)
    {
        _output.Append(shape.Name).Append('(');
        int key = node + 1;
        bool first = true;
        foreach (Column field in shape.Fields)
        {
            int value = key + 1;
            key = _tape.Next(value);
            if (!field.HasCells) continue;
            Separate(value, first);
            first = false;
            if (field.Template is not null && _tape.Kind(value) == JsonKind.String) _terms.Word(shape.OwnPart(_tape, field, node, value), isTyped: true);
            else Value(value);
        }

        _output.Append(')');
    }
}
