using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Finds what the rows of a column have in common: constants, sequences, and strings made up from other columns.</summary>
internal sealed class ColumnAnalysis
{
    /// <summary>Characters of a constant container; longer ones stay where they are.</summary>
    private const int MaxConstantLength = 4000;

    /// <summary>Characters of common text looked at, at one junction: longer boilerplate is rare, and the bound keeps the search linear.</summary>
    private const int MaxLiteral = 400;

    /// <summary>References in one template: more cannot be read.</summary>
    private const int MaxReferences = 6;

    /// <summary>Literal characters below which the strings of a column stay whole: a short prefix saves a token or two, and a whole id can be found and quoted.</summary>
    public const int MinLiteral = 8;

    /// <summary>The same in documents of which parts are left out: what is left was chosen to be seen, and only long addresses may lose their beginning.</summary>
    public const int MinLiteralOfPart = 24;

    private readonly JsonTape _tape;
    private readonly IReadOnlyList<Column> _columns;
    private readonly bool[] _skip;
    private readonly bool _canCount;
    private readonly int _shown;
    private readonly int _minLiteral;

    private ColumnAnalysis(JsonTape tape, IReadOnlyList<Column> columns, bool[] skip, bool canCount, int minLiteral)
    {
        _minLiteral = minLiteral;
        _tape = tape;
        _columns = columns;
        _skip = skip;
        _shown = skip.AsSpan().Count(false);
        _canCount = canCount && _shown == skip.Length;
    }

    /// <summary>Decides the form of every column.</summary>
    /// <param name="tape">The parsed text.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="skip">Rows that are written out in full, and so do not count.</param>
    /// <param name="canCount">Whether the values are all the rows of one table, so that a reader can count them.</param>
    /// <param name="minLiteral">Literal characters a template must have.</param>
    public static void Run(JsonTape tape, IReadOnlyList<Column> columns, bool[] skip, bool canCount, int minLiteral = MinLiteral) =>
        new ColumnAnalysis(tape, columns, skip, canCount, minLiteral).Run();

    private void Run()
    {
        List<int> strings = [];
        for (int i = 0; i < _columns.Count; i++)
        {
            Column column = _columns[i];
            if (column.Path == TablePlan.KeyColumn) continue; // the keys of a map: always shown
            if (!column.IsOptional && IsConstant(column)) continue;
            if (!column.IsOptional && TrySequence(column)) continue;
            if (IsText(column)) strings.Add(i);
        }

        // Shorter ones first: ids and names stay cells, and what is made up from them finds them.
        foreach (int i in strings.OrderBy(i => TotalLength(_columns[i]))) _columns[i].Template = FindTemplate(i);
    }

    private bool IsConstant(Column column)
    {
        int first = -1;
        for (int row = 0; row < column.Values.Length; row++)
        {
            if (_skip[row]) continue;
            int value = column.Values[row];
            if (first < 0) first = value;
            else if (!SameNode(first, value)) return false;
        }

        if (first < 0 || (_tape.IsContainer(first) && _tape.Raw(first).Length > MaxConstantLength)) return false;
        column.Constant = first;
        return true;
    }

    private bool SameNode(int a, int b) =>
        _tape.Kind(a) == _tape.Kind(b) && (_tape.Kind(a) == JsonKind.String && (_tape.HasEscapes(a) || _tape.HasEscapes(b))
            ? JsonText.SameText(_tape.Raw(a), _tape.Raw(b))
            : _tape.Raw(a).SequenceEqual(_tape.Raw(b)));

    /// <summary>Whether the column numbers the rows from 0 or 1. Other sequences stay: they are what rows are known by.</summary>
    private bool TrySequence(Column column)
    {
        if (Array.Exists(column.Values, v => v >= 0 && _tape.Kind(v) != JsonKind.Number)) return false;
        if (!_canCount || column.Values.Length < 3 || _tape.Raw(column.Values[0]) is not ("0" or "1")) return false;
        var sequence = new Sequence(_tape.Raw(column.Values[0])[0] - '0');
        for (int row = 0; row < column.Values.Length; row++)
            if (!_tape.Raw(column.Values[row]).SequenceEqual(sequence.At(row))) return false;
        column.Template = new Template([TemplatePart.Of(sequence)]) { IsNumber = true };
        return true;
    }

    /// <summary>Whether all values are strings, but for nulls and missing ones, there are at least two, and they are not JSON themselves.</summary>
    private bool IsText(Column column)
    {
        int strings = 0;
        foreach (int value in column.Values)
        {
            if (value < 0) continue;
            JsonKind kind = _tape.Kind(value);
            if (kind == JsonKind.String && (_tape.Raw(value) is not ['{' or '[', .., '}' or ']'])) strings++;
            else if (kind != JsonKind.Null) return false;
        }

        return strings >= 2;
    }

    private long TotalLength(Column column) => column.Values.Sum(v => v < 0 ? 0L : _tape.Raw(v).Length);

    private Template? FindTemplate(int target)
    {
        Column column = _columns[target];
        int[] rows = [.. Enumerable.Range(0, column.Values.Length).Where(r => !_skip[r] && column.Values[r] >= 0 && _tape.Kind(column.Values[r]) == JsonKind.String)];
        var search = new TemplateSearch(_tape, column, rows);
        if (!column.IsReferenced)
        {
            List<int> sources = Sources(target, rows);
            search.TakeFromLeft(_columns, sources, MaxLiteral, MaxReferences);
        }

        search.TrimLiterals();
        bool complete = rows.Length == _shown;
        Template? template = search.ToTemplate(_minLiteral, complete);
        foreach (TemplatePart part in template?.Parts ?? [])
            if (part.Kind == TemplatePartKind.Reference) _columns[part.Column].IsReferenced = true;
        return template;
    }

    /// <summary>Columns that <paramref name="target"/> may be made up from: shown as they are, and present in all its rows.</summary>
    private List<int> Sources(int target, int[] rows)
    {
        List<int> sources = [];
        for (int i = 0; i < _columns.Count; i++)
        {
            Column column = _columns[i];
            if (i == target || column.Constant >= 0 || column.Template is { HasReferences: true } || column.Path.AsSpan().ContainsAny('{', '}', '`')) continue;
            if (Array.TrueForAll(rows, r => column.Values[r] >= 0 && _tape.Kind(column.Values[r]) is (JsonKind.String or JsonKind.Number))) sources.Add(i);
        }

        return sources;
    }
}
