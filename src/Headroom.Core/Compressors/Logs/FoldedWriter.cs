using System.Globalization;
using System.Text;

namespace Headroom.Compressors.Logs;

/// <summary>Writes a folded log: patterns defined where they first occur, rows of values below them, repeats by line number.</summary>
internal sealed class FoldedWriter
{
    private readonly LogLines _lines;
    private readonly List<LogUnit> _units;
    private readonly RecordShape?[] _shapes;
    private readonly LogPattern?[] _patterns;
    private readonly string?[] _names;
    private readonly FoldedSyntax _syntax;
    private readonly StringBuilder _output;

    private FoldedWriter(LogLines lines, List<LogUnit> units, RecordShape?[] shapes)
    {
        _lines = lines;
        _units = units;
        _shapes = shapes;
        _patterns = new LogPattern?[shapes.Length];
        _names = PatternNames.Choose(lines, shapes);
        string brackets = ChooseBrackets();
        _syntax = new FoldedSyntax(brackets[0], brackets[1]);
        _output = new StringBuilder(lines.Text.Length / 2);
    }

    /// <summary>The folded form; <see langword="null"/> when there is nothing to fold.</summary>
    public static string? Write(string text)
    {
        var lines = new LogLines(text);
        var clusters = new LineClusters(lines);
        clusters.GroupByTime(lines);
        List<LogUnit> units = LogUnits.Build(lines, clusters);
        RecordShape?[] shapes = ShapeSelection.Select(lines, units);
        var writer = new FoldedWriter(lines, units, shapes);
        return writer.WriteUnits() ? writer._output.ToString() : null;
    }

    private string ChooseBrackets()
    {
        string best = FoldedSyntax.Brackets[0];
        int fewest = int.MaxValue;
        foreach (string brackets in FoldedSyntax.Brackets)
        {
            int bad = _shapes.Sum(s => s is not null && _lines.Span(s.First.Line, s.First.Lines).IndexOfAny(brackets[0], brackets[1]) >= 0 ? s.Units : 0);
            if (bad < fewest) (best, fewest) = (brackets, bad);
        }

        return best;
    }

    private bool WriteUnits()
    {
        _output.Append(FoldedSyntax.Header(_syntax.Open, _syntax.Close));
        var repeats = new RepeatFinder(_lines, _units, _shapes);
        bool folded = false;
        int i = 0;
        while (i < _units.Count)
        {
            if (repeats.TryFind(i, out int count, out string? note))
            {
                _output.Append('\n').Append(note);
                i += count;
                folded = true;
                continue;
            }

            LogUnit unit = _units[i++];
            if (unit.Symbol >= 0 && _shapes[unit.Symbol] is { } shape && (TryWriteRow(unit, shape) || TryDefine(unit, shape))) folded = true;
            else WritePlain(unit);
        }

        return folded;
    }

    private void WritePlain(LogUnit unit)
    {
        for (int i = 0; i < unit.Lines; i++)
        {
            ReadOnlySpan<char> line = _lines.Line(unit.Line + i);
            _output.Append('\n');
            if (line.Length > 0 && _syntax.Classify(line).Kind != FoldedLineKind.Plain)
            {
                _output.Append(FoldedSyntax.PlainMark);
                _syntax.Current = null;
            }

            _output.Append(line);
        }
    }

    private bool TryDefine(LogUnit unit, RecordShape shape)
    {
        if (_patterns[unit.Symbol] is not null || _names[unit.Symbol] is not { } name || _syntax.IsKnown(name)) return false;
        if (shape.Definition(unit, _syntax.Open, _syntax.Close) is not { } body) return false;
        if (!LogPattern.TryParse(name, unit.Lines, body, _syntax.Open, _syntax.Close, out LogPattern? pattern) || !Agrees(pattern, unit, shape)) return false;
        _output.Append('\n').Append(name);
        if (unit.Lines > 1) _output.Append(CultureInfo.InvariantCulture, $"({unit.Lines})");
        _output.Append("= ").Append(body);
        _patterns[unit.Symbol] = pattern;
        _syntax.Define(pattern);
        return true;
    }

    /// <summary>Whether a reader of the definition sees the fields that are meant.</summary>
    private static bool Agrees(LogPattern pattern, LogUnit unit, RecordShape shape)
    {
        if (pattern.Values.Length != shape.Fields.Length) return false;
        for (int i = 0; i < shape.Fields.Length; i++)
        {
            if (pattern.Kinds[i] == PieceKind.Time != shape.IsTime(shape.Fields[i])) return false;
            if (!shape.Value(unit, shape.Fields[i]).SequenceEqual(pattern.Values[i])) return false;
        }

        return true;
    }

    private bool TryWriteRow(LogUnit unit, RecordShape shape)
    {
        if (_patterns[unit.Symbol] is not { } pattern) return false;
        int[] fields = shape.Fields;
        string leading = "";
        var values = new StringBuilder();
        int keep = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            ReadOnlySpan<char> value = shape.Value(unit, fields[i]);
            string token = FoldedSyntax.AsAbove;
            if (pattern.Kinds[i] == PieceKind.Time)
            {
                string last = _syntax.LastTime(value) ?? pattern.Values[i];
                if (!value.SequenceEqual(last))
                {
                    token = FoldedSyntax.Quoted(value[TimeScanner.ChangedFrom(last, value)..]);
                    _syntax.SetTime(value.ToString()); // a line that fails below only makes the next times longer, never wrong: see Agrees and the proof
                }

                if (i == pattern.LeadingTime)
                {
                    leading = token == FoldedSyntax.AsAbove ? "" : token;
                    continue;
                }
            }
            else
            {
                token = FoldedSyntax.Relative(pattern.Values[i], value, i == pattern.LastField);
            }

            values.Append(values.Length > 0 ? " " : "").Append(token);
            if (token != FoldedSyntax.AsAbove) keep = values.Length;
        }

        values.Length = keep;
        AppendRow(pattern, leading, values.ToString());
        for (int i = 0; i < fields.Length; i++)
        {
            ReadOnlySpan<char> value = shape.Value(unit, fields[i]);
            if (!value.SequenceEqual(pattern.Values[i])) pattern.Values[i] = value.ToString();
        }

        _syntax.Current = pattern;
        return true;
    }

    /// <summary>Leaves the name out where a reader would still see the same row.</summary>
    private void AppendRow(LogPattern pattern, string leading, string values)
    {
        string bare = leading.Length > 0 && values.Length > 0 ? $"{leading} {values}" : leading + values;
        var expected = new FoldedLine(FoldedLineKind.Row, pattern, leading.Length, leading.Length > 0 ? Math.Min(leading.Length + 1, bare.Length) : 0);
        bool nameless = ReferenceEquals(_syntax.Current, pattern) && bare.Length > 0 && (pattern.LeadingTime < 0 || leading.Length > 0) && _syntax.Classify(bare) == expected;
        _output.Append('\n');
        if (nameless)
        {
            _output.Append(bare);
            return;
        }

        if (leading.Length > 0) _output.Append(leading).Append(' ');
        _output.Append(pattern.Name);
        if (values.Length > 0) _output.Append(' ').Append(values);
    }
}
