using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Takes apart the strings of one column: what all share at the left, values of other columns, what all share at the right.</summary>
internal sealed class TemplateSearch
{
    private readonly JsonTape _tape;
    private readonly Column _column;
    private readonly int[] _rows;
    private readonly List<TemplatePart> _left = [];
    private string _right = "";

    public TemplateSearch(JsonTape tape, Column column, int[] rows)
    {
        _tape = tape;
        _column = column;
        _rows = rows;
        Starts = new int[column.Values.Length];
        Ends = new int[column.Values.Length];
        foreach (int row in rows) Ends[row] = Text(row).Length;
    }

    /// <summary>Where the part not yet accounted for starts, by row.</summary>
    public int[] Starts { get; }

    /// <summary>Where it ends.</summary>
    public int[] Ends { get; }

    /// <summary>Accounts for literal text and references from the left, until rows differ in a way nothing explains.</summary>
    public void TakeFromLeft(IReadOnlyList<Column> columns, List<int> sources, int maxLiteral, int maxReferences)
    {
        for (int used = 0; used < maxReferences; used++)
        {
            int common = Math.Min(CommonPrefix(), maxLiteral);
            if (!TryTakeReference(columns, sources, common)) break;
        }
    }

    /// <summary>Accounts for the text all rows share at both ends, cut back to where a word ends.</summary>
    public void TrimLiterals()
    {
        int prefix = CommonPrefix();
        if (prefix > 0) TakeLiteral(CalendarDay.Before(Rest(_rows[0]), AtBoundary(Rest(_rows[0]), prefix, true)));
        int suffix = CommonSuffix();
        ReadOnlySpan<char> first = Rest(_rows[0]);
        if (suffix > 0) suffix = first.Length - CalendarDay.After(first, AtBoundary(first, first.Length - suffix, false));
        if (suffix <= 0) return;
        _right = first[^suffix..].ToString();
        foreach (int row in _rows) Ends[row] -= suffix;
    }

    /// <summary>The template found, or <see langword="null"/> when it would not pay.</summary>
    public Template? ToTemplate(int minLiteral, bool complete)
    {
        List<TemplatePart> parts = [.. _left];
        bool empty = complete && Array.TrueForAll(_rows, r => Starts[r] == Ends[r]);
        bool hasReferences = _left.Exists(p => p.Kind == TemplatePartKind.Reference);
        if (!empty) parts.Add(TemplatePart.Hole);
        if (_right.Length > 0) parts.Add(TemplatePart.Of(_right));

        int literal = parts.Sum(p => p.Text.Length);
        bool usable = parts.TrueForAll(p => p.Kind != TemplatePartKind.Literal || IsLiteral(p.Text));
        bool numeric = HasNumbers();
        bool pays = empty || hasReferences || (literal >= minLiteral && literal * _rows.Length > 24 + 2 * literal);
        if (!usable || !pays || (!complete && Array.TrueForAll(_rows, r => Starts[r] == Ends[r])))
            return numeric ? new Template([TemplatePart.Hole]) { HoleStarts = new int[Starts.Length], HoleEnds = Lengths() } : null;
        return new Template(parts) { HoleStarts = Starts, HoleEnds = Ends };
    }

    /// <summary>Whether a text can stand in a template: no line ends, no controls, no backtick.</summary>
    private static bool IsLiteral(string text) => JsonText.IsWellFormed(text) && !text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAny("`\u0085\u2028\u2029");

    /// <summary>Whether a value would be mistaken for a number if it stood bare.</summary>
    private bool HasNumbers() => Array.Exists(_rows, r => Bare.IsLiteral(Text(r)));

    private int[] Lengths()
    {
        int[] lengths = new int[Ends.Length];
        foreach (int row in _rows) lengths[row] = Text(row).Length;
        return lengths;
    }

    private bool TryTakeReference(IReadOnlyList<Column> columns, List<int> sources, int common)
    {
        ReadOnlySpan<char> first = Rest(_rows[0]);
        for (int at = 0; at <= common && at < first.Length; at++)
        {
            int best = -1, length = 0;
            foreach (int source in sources)
            {
                ReadOnlySpan<char> value = ValueOf(columns[source], _rows[0]);
                if (value.Length > length && first[at..].StartsWith(value, StringComparison.Ordinal) && Holds(columns[source], at))
                {
                    best = source;
                    length = value.Length;
                }
            }

            if (best < 0) continue;
            if (at > 0) TakeLiteral(at);
            _left.Add(TemplatePart.Of(best));
            foreach (int row in _rows) Starts[row] += ValueOf(columns[best], row).Length;
            return true;
        }

        return false;
    }

    private bool Holds(Column source, int at)
    {
        foreach (int row in _rows)
        {
            ReadOnlySpan<char> value = ValueOf(source, row);
            if (value.IsEmpty || !Rest(row)[at..].StartsWith(value, StringComparison.Ordinal)) return false;
        }

        return true;
    }

    private void TakeLiteral(int length)
    {
        if (length == 0) return;
        string text = Rest(_rows[0])[..length].ToString();
        _left.Add(TemplatePart.Of(text));
        foreach (int row in _rows) Starts[row] += length;
    }

    private int CommonPrefix()
    {
        ReadOnlySpan<char> first = Rest(_rows[0]);
        int common = first.Length;
        foreach (int row in _rows)
        {
            common = Math.Min(common, first[..common].CommonPrefixLength(Rest(row)));
            if (common == 0) return 0;
        }

        return common;
    }

    private int CommonSuffix()
    {
        ReadOnlySpan<char> first = Rest(_rows[0]);
        int common = first.Length;
        foreach (int row in _rows)
        {
            ReadOnlySpan<char> rest = Rest(row);
            int same = 0;
            while (same < common && same < rest.Length && first[^(same + 1)] == rest[^(same + 1)]) same++;
            common = same;
            if (common == 0) return 0;
        }

        return common;
    }

    /// <summary>Moves a cut to where no word or number is torn, unless that would give up most of a long common part.</summary>
    private static int AtBoundary(ReadOnlySpan<char> text, int cut, bool isPrefix)
    {
        const int MaxGivenUp = 8; // ids such as node_id share long runs that are no words: worth cutting through
        int at = cut;
        if (isPrefix)
        {
            while (at > 0 && IsWordPart(text, at - 1)) at--;
            if (cut - at <= MaxGivenUp) return at;
            return char.IsSurrogate(text[cut - 1]) ? at : cut;
        }

        while (at < text.Length && IsWordPart(text, at)) at++;
        if (at - cut <= MaxGivenUp) return at;
        return char.IsSurrogate(text[cut]) ? at : cut;
    }

    /// <summary>Whether a character belongs to a word or a number; a point does between digits.</summary>
    private static bool IsWordPart(ReadOnlySpan<char> text, int at) =>
        char.IsLetterOrDigit(text[at]) || (text[at] == '.' && ((at > 0 && char.IsAsciiDigit(text[at - 1])) || (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))));

    private ReadOnlySpan<char> Text(int row) => _tape.Value(_column.Values[row]);

    private ReadOnlySpan<char> Rest(int row) => Text(row)[Starts[row]..Ends[row]];

    private ReadOnlySpan<char> ValueOf(Column column, int row)
    {
        int node = column.Values[row];
        return _tape.Kind(node) == JsonKind.String ? _tape.Value(node) : _tape.Raw(node);
    }
}
