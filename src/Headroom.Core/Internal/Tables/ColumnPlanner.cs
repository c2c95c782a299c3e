using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Chooses for each column of a table the way of writing it that is estimated to take the fewest tokens.</summary>
internal sealed class ColumnPlanner
{
    /// <summary>Estimated tokens a way of writing must win over the plain one: what its template cell and its share of the legend cost.</summary>
    private const int MinGain = 6;

    /// <summary>Estimated tokens of a section line besides its heads: the sign, its blank and the line feed.</summary>
    private const int SectionLineCost = 2;

    /// <summary>Share of rows that must be blank before a blank means something: a code that rarely applies confuses more than it saves.</summary>
    private const double MinBlankShare = 0.3;

    /// <summary>Rows a section has on average at least: with fewer, a reader loses the thread between section lines.</summary>
    private const int MinRowsPerSection = 5;

    private readonly IReadOnlyList<string[]> _rows;
    private readonly char _separator;
    private readonly bool _wholeNames;
    private readonly ColumnCode[] _codes;
    private int _headDelimiters;

    private ColumnPlanner(IReadOnlyList<string[]> rows, int columns, char separator, bool wholeNames)
    {
        _rows = rows;
        _wholeNames = wholeNames;
        _separator = separator;
        _codes = new ColumnCode[columns];
        Array.Fill(_codes, ColumnCode.Plain);
    }

    /// <param name="rows">The rows below the header.</param>
    /// <param name="columns">How many cells each has.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="wholeNames">Whether only numbers and dates may lose what they begin or end with, so that names can be copied from the rows.</param>
    public static ColumnPlan Plan(IReadOnlyList<string[]> rows, int columns, char separator, bool wholeNames)
    {
        if (rows.Count < 2) return ColumnPlan.Plain(columns);
        var planner = new ColumnPlanner(rows, columns, separator, wholeNames);
        planner.PlanConstants();
        planner.PlanSections();
        for (int c = 0; c < columns; c++)
        {
            if (planner._codes[c].Kind == ColumnCodeKind.Plain) planner.PlanColumn(c);
        }

        return new ColumnPlan(planner._codes, planner._headDelimiters);
    }

    /// <summary>Whether a field may stay empty: between blanks an empty field cannot be seen.</summary>
    private bool MayBeBlank => _separator != ' ';

    /// <summary>Whether the cells of a column may be taken apart: always those of numbers, dates and times.</summary>
    private bool MayCut(int column) => !_wholeNames || _rows.All(r => IsNumber(r[column]));

    private static bool IsNumber(string cell)
    {
        int digits = 0, letters = 0;
        foreach (char c in cell)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters <= 3 && digits >= letters;
    }

    private void PlanConstants()
    {
        for (int c = 0; c < _codes.Length; c++)
        {
            string first = _rows[0][c];
            if (Repeats(c, 0, _rows.Count) && (MayBeBlank || (first.Length > 0 && !first.Contains(' ')))) Set(c, new ColumnCode(ColumnCodeKind.Constant, first));
        }
    }

    private void PlanSections()
    {
        int best = -1, bestDelimiters = 0, bestGain = MinGain * 2;
        for (int c = 0; c < _codes.Length; c++)
        {
            if (_codes[c].Kind != ColumnCodeKind.Plain) continue;
            for (int delimiters = 0; delimiters <= (MayCut(c) ? SectionCut.MaxDelimiters : 0); delimiters++)
            {
                int gain = SectionGain(c, delimiters);
                if (gain <= bestGain) continue;
                (best, bestDelimiters, bestGain) = (c, delimiters, gain);
            }
        }

        if (best < 0) return;
        var code = new ColumnCode(bestDelimiters == 0 ? ColumnCodeKind.Section : ColumnCodeKind.SectionHead);
        if (bestDelimiters > 0) code = code with { Last = CommonSuffix(best, bestDelimiters) };
        if (!Set(best, code)) return;
        _headDelimiters = bestDelimiters;
        AddColumnsThatChangeTogether(best);
    }

    /// <summary>Columns whose cells stay the same within each section go into the section lines too.</summary>
    private void AddColumnsThatChangeTogether(int leader)
    {
        List<int> starts = [0];
        for (int i = 1; i < _rows.Count; i++)
        {
            if (!Head(leader, i).SequenceEqual(Head(leader, i - 1))) starts.Add(i);
        }

        starts.Add(_rows.Count);
        for (int c = 0; c < _codes.Length; c++)
        {
            if (_codes[c].Kind != ColumnCodeKind.Plain || (!MayBeBlank && _rows.Any(r => r[c].Contains(' ')))) continue;
            bool together = true;
            for (int s = 0; together && s + 1 < starts.Count; s++) together = Repeats(c, starts[s], starts[s + 1]);
            if (together) Set(c, new ColumnCode(ColumnCodeKind.Section));
        }

        ReadOnlySpan<char> Head(int column, int row) =>
            _headDelimiters == 0 ? _rows[row][column] : _rows[row][column].AsSpan(0, SectionCut.After(_rows[row][column], _headDelimiters));
    }

    /// <summary>Estimated tokens won by giving the head of a column in section lines; 0 where it cannot be.</summary>
    private int SectionGain(int column, int delimiters)
    {
        int gain = 0, cost = 0, sections = 0;
        ReadOnlySpan<char> head = default;
        for (int i = 0; i < _rows.Count; i++)
        {
            string cell = _rows[i][column];
            int length = delimiters == 0 ? cell.Length : SectionCut.After(cell, delimiters);
            if (length < 0 || (delimiters > 0 && cell.Contains('"'))) return 0;
            if (!MayBeBlank && (length == 0 || (delimiters > 0 && length == cell.Length) || cell.Contains(' '))) return 0;
            if (i == 0 || !head.SequenceEqual(cell.AsSpan(0, length)))
            {
                head = cell.AsSpan(0, length);
                cost = TokenEstimate.Of(head);
                gain -= cost + SectionLineCost;
                sections++;
            }

            gain += cost + (delimiters == 0 ? 1 : 0);
        }

        return sections > 1 && sections * MinRowsPerSection <= _rows.Count ? gain : 0; // one section is a constant or a prefix
    }

    private void PlanColumn(int column)
    {
        int bestGain = MinGain;
        ColumnCode best = ColumnCode.Plain;
        if (MayBeBlank && !_rows.Any(r => r[column].Length == 0))
        {
            Consider(DittoGain(column), new ColumnCode(ColumnCodeKind.Ditto));
            (string value, int gain) = CommonestValue(column);
            if (!value.Contains('"')) Consider(gain, new ColumnCode(ColumnCodeKind.Default, value));
        }

        (string prefix, string suffix) = CommonAffixes(column);
        if (prefix.Length + suffix.Length > 0 && MayCut(column))
        {
            int gain = 0;
            for (int i = 0; i < _rows.Count; i++) gain += TokenEstimate.Of(_rows[i][column]) - TokenEstimate.Of(_rows[i][column].AsSpan()[prefix.Length..^suffix.Length]);
            Consider(gain, new ColumnCode(ColumnCodeKind.Affix, prefix, suffix));
        }

        if (best.Kind != ColumnCodeKind.Plain) Set(column, best);

        void Consider(int gain, ColumnCode code)
        {
            if (gain < bestGain) return;
            (bestGain, best) = (gain, code);
        }
    }

    private int DittoGain(int column)
    {
        int gain = 0, repeats = 0;
        for (int i = 1; i < _rows.Count; i++)
        {
            if (_rows[i][column] != _rows[i - 1][column]) continue;
            gain += TokenEstimate.Of(_rows[i][column]);
            repeats++;
        }

        return repeats < MinBlankShare * _rows.Count ? 0 : gain;
    }

    private (string Value, int Gain) CommonestValue(int column)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        string best = _rows[0][column];
        foreach (string[] row in _rows)
        {
            string cell = row[column];
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
            if (counts[cell] > counts[best]) best = cell;
        }

        return (best, counts[best] < MinBlankShare * _rows.Count ? 0 : (counts[best] - 1) * TokenEstimate.Of(best));
    }

    private (string Prefix, string Suffix) CommonAffixes(int column)
    {
        string first = _rows[0][column];
        int prefix = first.Length, suffix = first.Length, shortest = first.Length;
        foreach (string[] row in _rows)
        {
            string cell = row[column];
            if (cell.Contains('"')) return ("", "");
            shortest = Math.Min(shortest, cell.Length);
            prefix = Math.Min(prefix, cell.AsSpan().CommonPrefixLength(first));
            suffix = Math.Min(suffix, SuffixLength(cell, first));
        }

        int room = MayBeBlank ? shortest : shortest - 1;
        while (prefix > 0 && (prefix > room || SplitsWord(first, prefix))) prefix--;
        suffix = Math.Max(0, Math.Min(suffix, room - prefix));
        while (suffix > 0 && SplitsWord(first, first.Length - suffix)) suffix--;
        return (first[..prefix], first[(first.Length - suffix)..]);
    }

    /// <summary>The suffix that all cells of a column share after their heads.</summary>
    private string CommonSuffix(int column, int delimiters)
    {
        string first = _rows[0][column];
        int suffix = first.Length;
        foreach (string[] row in _rows)
        {
            string cell = row[column];
            suffix = Math.Min(Math.Min(suffix, SuffixLength(cell, first)), cell.Length - SectionCut.After(cell, delimiters) - (MayBeBlank ? 0 : 1));
        }

        suffix = Math.Max(0, suffix);
        while (suffix > 0 && SplitsWord(first, first.Length - suffix)) suffix--;
        return first[(first.Length - suffix)..];
    }

    private static int SuffixLength(string cell, string other)
    {
        int length = 0;
        while (length < cell.Length && length < other.Length && cell[cell.Length - 1 - length] == other[other.Length - 1 - length]) length++;
        return length;
    }

    /// <summary>Whether a cut at <paramref name="at"/> would tear letters from letters, or digits from digits.</summary>
    private static bool SplitsWord(string text, int at) =>
        at > 0 && at < text.Length
        && ((char.IsLetter(text[at - 1]) && char.IsLetter(text[at])) || (char.IsDigit(text[at - 1]) && char.IsDigit(text[at])) || char.IsSurrogatePair(text[at - 1], text[at]));

    private bool Repeats(int column, int from, int to)
    {
        for (int i = from + 1; i < to; i++)
        {
            if (_rows[i][column] != _rows[from][column]) return false;
        }

        return true;
    }

    /// <summary>Uses a code, unless its template cell would be read as something else.</summary>
    private bool Set(int column, ColumnCode code)
    {
        string cell = code.ToString();
        if (ColumnCode.Parse(cell) != code || (_separator == ' ' && cell.Contains(' '))) return false;
        _codes[column] = code;
        return true;
    }
}
