namespace Headroom.Compressors.Logs;

/// <summary>Decides which shapes are worth a pattern: what their rows save must exceed what the definition adds.</summary>
internal static class ShapeSelection
{
    /// <summary>Units looked at to estimate what rows of a shape cost; more would hardly change the mean.</summary>
    private const int Samples = 48;

    /// <summary>A pattern that saves less only makes the text harder to read.</summary>
    private const int MinSaving = 12;

    /// <summary>The shapes by symbol; <see langword="null"/> for those not worth it.</summary>
    public static RecordShape?[] Select(LogLines lines, List<LogUnit> units)
    {
        int symbols = units.Count == 0 ? 0 : units.Max(u => u.Symbol) + 1;
        var shapes = new RecordShape?[symbols];
        foreach (LogUnit unit in units)
        {
            if (unit.Symbol < 0) continue;
            if (shapes[unit.Symbol] is { } known) known.Add(unit);
            else shapes[unit.Symbol] = new RecordShape(lines, unit);
        }

        foreach (RecordShape? shape in shapes) shape?.Finish();
        Tally[] tallies = Estimate(lines, units, shapes);
        for (int i = 0; i < symbols; i++)
        {
            if (shapes[i] is { } shape && (tallies[i].Saving(shape) < MinSaving || IsOnlyRepeat(shape))) shapes[i] = null;
        }

        return shapes;
    }

    /// <summary>What stands only twice and has no values is better referred to than named.</summary>
    private static bool IsOnlyRepeat(RecordShape shape) => shape.Units == 2 && shape.Fields.Length == 0;

    private static Tally[] Estimate(LogLines lines, List<LogUnit> units, RecordShape?[] shapes)
    {
        var tallies = new Tally[shapes.Length];
        int previous = -1;
        foreach (LogUnit unit in units)
        {
            if (unit.Symbol >= 0 && shapes[unit.Symbol] is { } shape)
            {
                Tally tally = tallies[unit.Symbol] ??= new Tally();
                if (tally.Seen == 0) tally.Last = new string[shape.Fields.Length];
                if (tally.Seen < Samples) tally.Add(lines, unit, shape, unit.Symbol == previous);
            }

            previous = unit.Symbol;
        }

        return tallies;
    }

    private sealed class Tally
    {
        public int Seen { get; private set; }

        public string[] Last { get; set; } = [];

        private int _plain;
        private int _row;

        public void Add(LogLines lines, LogUnit unit, RecordShape shape, bool follows)
        {
            bool isFirst = Seen++ == 0;
            int row = follows ? 0 : 1;
            for (int i = 0; i < shape.Fields.Length; i++)
            {
                ReadOnlySpan<char> value = shape.Value(unit, shape.Fields[i]);
                if (!isFirst)
                {
                    row += shape.IsTime(shape.Fields[i])
                        ? TokenEstimate.Of(value[TimeScanner.ChangedFrom(Last[i], value)..])
                        : 1 + TokenEstimate.Of(FoldedSyntax.Relative(Last[i], value, i == shape.Fields.Length - 1)) - (value.Length > 0 && char.IsAsciiLetter(value[0]) ? 1 : 0);
                }

                Last[i] = value.ToString();
            }

            if (isFirst) return;
            _plain += TokenEstimate.Of(lines.Span(unit.Line, unit.Lines));
            _row += row;
        }

        public double Saving(RecordShape shape) =>
            Seen < 2 ? 0 : (double)(_plain - _row) / (Seen - 1) * (shape.Units - 1) - 3 - 2 * shape.Fields.Length;
    }
}
