using System.Diagnostics.CodeAnalysis;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Decodes a text with encoded tables.</summary>
internal sealed class TableReader
{
    private readonly LineList _lines;
    private readonly StringBuilder _text = new();
    private int _at = 1;
    private bool _any;

    private TableReader(LineList lines) => _lines = lines;

    public static bool TryRead(string text, [NotNullWhen(true)] out string? original)
    {
        original = null;
        if (!text.StartsWith("[tables", StringComparison.Ordinal)) return false;
        var lines = new LineList(text);
        if (lines.Count < 2 || !TableGrammar.IsLegend(lines[0], out KeyedLines? keyed)) return false;
        var reader = new TableReader(lines);
        List<string> run = [];
        while (reader._at < lines.Count)
        {
            ReadOnlySpan<char> line = lines[reader._at++];
            if (TableGrammar.TryParse(line, out TableHead? head))
            {
                reader.Flush(run, keyed);
                if (!reader.ReadTable(head)) return false;
            }
            else if (line.StartsWith(TableGrammar.Raw, StringComparison.Ordinal))
            {
                reader.Flush(run, keyed);
                reader.Add(line[TableGrammar.Raw.Length..]);
            }
            else
            {
                run.Add(line.ToString());
            }
        }

        reader.Flush(run, keyed);
        original = reader._text.ToString();
        return true;
    }

    /// <summary>Ends a run of lines that stand outside tables.</summary>
    private void Flush(List<string> run, KeyedLines? keyed)
    {
        keyed?.Restore(run);
        foreach (string line in run) Add(line);
        run.Clear();
    }

    private void Add(ReadOnlySpan<char> line)
    {
        if (_any) _text.Append('\n');
        _text.Append(line);
        _any = true;
    }

    private bool ReadTable(TableHead head)
    {
        if (head.Rows == 0 || head.Rows > _lines.Count - _at || LayoutOf(head, out ColumnCode[]? codes) is not { } layout) return false;
        List<(string[]? Cells, int RawLine)> rows = [];
        if (head.HasHeader)
        {
            if (layout.SplitEncoded(_lines[_at++], layout.Columns) is not { } header) return false;
            rows.Add((header, -1));
        }

        if ((codes is null && !ReadTemplate(head, layout, out codes)) || !ReadBody(head, layout, codes, rows)) return false;
        layout = layout.Measured(rows.Select(r => r.Cells).OfType<string[]>());
        var line = new StringBuilder();
        foreach ((string[]? cells, int rawLine) in rows)
        {
            line.Clear();
            if (cells is null) line.Append(_lines[rawLine][TableGrammar.Raw.Length..]);
            else if (!layout.Join(cells, line)) return false;
            else if (head.EndsWithReturn) line.Append('\r');
            if (_any) _text.Append('\n');
            _text.Append(line);
            _any = true;
        }

        return true;
    }

    /// <summary>The layout a table line describes; the template of records, which is part of their layout, is read on the way.</summary>
    private TableLayout? LayoutOf(TableHead head, out ColumnCode[]? codes)
    {
        codes = null;
        if (head.RecordLines > 0)
        {
            int first = _at;
            _at += head.RecordLines;
            return _at > _lines.Count || RecordLayout.SeparatorOf(head.Layout) is not { } by ? null : RecordLayout.ParseTemplate(_lines.Span(first, _at - 1), by, out codes);
        }

        if (DelimitedLayout.SeparatorOf(head.Layout) is not { } separator) return (TableLayout?)BarLayout.Parse(head.Layout) ?? AlignedLayout.Parse(head.Layout);
        int columns = DelimitedLayout.CountFields(_lines[_at], separator);
        return columns < 1 ? null : new DelimitedLayout(separator, columns);
    }

    private bool ReadTemplate(TableHead head, TableLayout layout, [NotNullWhen(true)] out ColumnCode[]? codes)
    {
        codes = new ColumnCode[layout.Columns];
        Array.Fill(codes, ColumnCode.Plain);
        if (!head.HasTemplate) return true;
        if (_at >= _lines.Count || layout.SplitEncoded(_lines[_at++], layout.Columns) is not { } cells) return false;
        for (int c = 0; c < cells.Length; c++)
        {
            if (ColumnCode.Parse(cells[c]) is not { } code) return false;
            codes[c] = code;
        }

        return true;
    }

    private bool ReadBody(TableHead head, TableLayout layout, ColumnCode[] codes, List<(string[]? Cells, int RawLine)> rows)
    {
        int visible = codes.Count(c => c.IsVisible), sections = codes.Count(c => c.IsSection);
        string[] heads = new string[sections];
        Array.Fill(heads, "");
        string[]? above = null;
        while (rows.Count < head.Rows)
        {
            if (_at >= _lines.Count) return false;
            ReadOnlySpan<char> line = _lines[_at++];
            if (line.StartsWith(TableGrammar.Raw, StringComparison.Ordinal))
            {
                rows.Add((null, _at - 1));
            }
            else if (sections > 0 && line.StartsWith(TableGrammar.Section, StringComparison.Ordinal))
            {
                if (layout.SplitEncoded(line[TableGrammar.Section.Length..], sections) is not { } read) return false;
                heads = read;
            }
            else
            {
                if (layout.SplitEncoded(line, visible) is not { } fields || Decode(codes, fields, heads, above) is not { } cells) return false;
                rows.Add((cells, -1));
                above = cells;
            }
        }

        return true;
    }

    private static string[]? Decode(ColumnCode[] codes, string[] fields, string[] heads, string[]? above)
    {
        string[] cells = new string[codes.Length];
        int field = 0, head = 0;
        for (int c = 0; c < codes.Length; c++)
        {
            string start = codes[c].IsSection ? heads[head++] : "";
            if (codes[c].Decode(codes[c].IsVisible ? fields[field++] : "", above?[c], start) is not { } cell) return null;
            cells[c] = cell;
        }

        return cells;
    }
}
