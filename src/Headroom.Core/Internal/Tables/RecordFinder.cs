using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Finds blocks of lines that follow one another and differ only in a few places. Lines between two blocks may stay as they are.</summary>
internal sealed class RecordFinder
{
    /// <summary>Lines of the longest block looked for: a record of a report or a list item of a manifest, not a document.</summary>
    private const int MaxBlock = 64;

    /// <summary>Places of the same shape after the first that are tried as the beginning of the second block.</summary>
    private const int MaxTries = 4;

    /// <summary>Lines between two blocks that do not end the run: a failure's output between one-line results.</summary>
    private const int MaxBetween = 40;

    /// <summary>Estimated tokens of shared text a run must write less often to be worth a closer look.</summary>
    private const int MinShared = 24;

    /// <summary>Comparisons a line may cost on average; a text that needs more has no clear blocks.</summary>
    private const int MaxStepsPerLine = 64;

    private readonly LineList _lines;
    private readonly int[] _shapes;
    private readonly List<string> _shapeTexts = [];
    private readonly List<int> _literalCosts = [];
    private long _stepsLeft;

    private RecordFinder(LineList lines)
    {
        _lines = lines;
        _shapes = new int[lines.Count];
        _stepsLeft = 10_000 + (long)MaxStepsPerLine * lines.Count;
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        for (int i = 0; i < _shapes.Length; i++)
        {
            string shape = LineShape.Of(lines[i]);
            if (!known.TryGetValue(shape, out _shapes[i]))
            {
                known.Add(shape, _shapes[i] = _shapeTexts.Count);
                _shapeTexts.Add(shape);
                _literalCosts.Add(TokenEstimate.Of(shape));
            }
        }
    }

    public static List<TableRegion> Find(LineList lines)
    {
        var finder = new RecordFinder(lines);
        List<TableRegion> regions = [];
        for (int i = 0; i < lines.Count;)
        {
            if (finder.Best(i) is not { } run)
            {
                i++;
                continue;
            }

            if (finder.Read(run.Starts, run.Length) is { } region) regions.Add(region);
            i = run.Starts[^1] + run.Length;
        }

        return regions;
    }

    private sealed record Run(List<int> Starts, int Length, int Shared);

    private Run? Best(int first)
    {
        Run? best = null;
        int tries = 0;
        for (int length = 1; length <= MaxBlock && first + length < _shapes.Length && tries < MaxTries; length++)
        {
            if (length > 1 && _shapes[first + length] != _shapes[first]) continue;
            if (length > 1) tries++;
            List<int> starts = Starts(first, length);
            int literals = 0;
            for (int i = first; i < first + length; i++) literals += _literalCosts[_shapes[i]];
            int between = starts[^1] + length - first - starts.Count * length;
            int shared = (starts.Count - 1) * literals - 2 * between;
            if (starts.Count > 2 && shared >= MinShared && shared > (best?.Shared ?? 0)) best = new Run(starts, length, shared);
        }

        return best;
    }

    private List<int> Starts(int first, int length)
    {
        List<int> starts = [first];
        int at = first + length, between = 0;
        while (at + length <= _shapes.Length && between <= MaxBetween && _stepsLeft > 0)
        {
            _stepsLeft -= _shapes[at] == _shapes[first] ? length : 1;
            if (_shapes[at] == _shapes[first] && _shapes.AsSpan(at, length).SequenceEqual(_shapes.AsSpan(first, length)))
            {
                starts.Add(at);
                at += length;
                between = 0;
            }
            else
            {
                at++;
                between++;
            }
        }

        return starts;
    }

    private TableRegion? Read(List<int> starts, int length)
    {
        string shape = string.Join('\n', Enumerable.Range(starts[0], length).Select(i => _shapeTexts[_shapes[i]]));
        string[] literals = shape.Split(LineShape.Place);
        if (literals.Length < 2) return null;
        var layout = new RecordLayout(literals, length, '|');
        List<TableRow> rows = [];
        int line = starts[0];
        foreach (int start in starts)
        {
            for (; line < start; line++) rows.Add(new TableRow(line, null));
            if (layout.Split(_lines.Span(start, start + length - 1)) is { } cells)
            {
                rows.Add(new TableRow(start, cells));
                line = start + length;
            }
        }

        for (int end = starts[^1] + length; line < end; line++) rows.Add(new TableRow(line, null));
        return new TableRegion(rows, line, layout, EndsWithReturn: false);
    }
}
