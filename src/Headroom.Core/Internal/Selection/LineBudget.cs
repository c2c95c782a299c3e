using Headroom.Internal.Lines;

namespace Headroom.Internal.Selection;

/// <summary>Keeps the most interesting lines of a text within a budget, and turns the rest into gaps.</summary>
internal sealed class LineBudget
{
    /// <summary>About what a gap line with a phrase takes, in characters: shorter gaps are shown instead.</summary>
    private const int UsualGapCost = 100;

    /// <summary>Shorter texts have nothing to choose from.</summary>
    public const int UsualMinLines = 8;

    /// <summary>Interest of a line that must be seen.</summary>
    public const int Must = 100;

    private readonly LineList _lines;
    private readonly int[] _interest;
    private readonly bool[] _kept;
    private readonly bool[] _pinned;
    private readonly int _gapCost;
    private int _left;

    public LineBudget(LineList lines, int gapCost = UsualGapCost)
    {
        _lines = lines;
        _gapCost = gapCost;
        Count = lines.Count > 1 && lines[lines.Count - 1].IsEmpty ? lines.Count - 1 : lines.Count; // a final line end ends a line, it does not begin one
        _interest = new int[Count];
        _kept = new bool[Count];
        _pinned = new bool[Count];
    }

    /// <summary>Lines, a final empty one not counted.</summary>
    public int Count { get; }

    /// <summary>Whether the gap from a first to a last line, both from 0, would win too little; by default one shorter than a gap line.</summary>
    public Func<int, int, bool>? IsShort { get; init; }

    /// <summary>Texts of fewer lines are not cut.</summary>
    public int MinLines { get; init; } = UsualMinLines;

    /// <summary>Lines of less interest are left out even where the budget would hold them; only short gaps show them.</summary>
    public int Least { get; set; }

    /// <summary>Keeps a line whatever the budget; it is still paid from it.</summary>
    public void Pin(int line) => _pinned[line] = true;

    public bool IsPinned(int line) => _kept[line];

    /// <summary>Raises the interest of a line, from 0 to 100, if it was lower.</summary>
    public void Raise(int line, int interest)
    {
        if (line >= 0 && line < Count) _interest[line] = Math.Max(_interest[line], Math.Min(Must, interest));
    }

    /// <summary>Lowers the interest of a line to at most this.</summary>
    public void Lower(int line, int interest) => _interest[line] = Math.Min(_interest[line], interest);

    /// <summary>Raises lines that score on the question, the best to <paramref name="top"/>, and their neighbours less.</summary>
    public void RaiseAsked(double[] scores, int top, int neighbours)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] < 0.15) continue; // a single common word; the best lines hold several rare ones
            int interest = (int)(top - 40 * (1 - scores[i]));
            Raise(i, interest);
            for (int near = 1; near <= neighbours; near++)
            {
                Raise(i - near, interest - 12 * near);
                Raise(i + near, interest - 12 * near);
            }
        }
    }

    /// <summary>The selection, or <see langword="null"/> where everything or nearly nothing would stay.</summary>
    /// <param name="encoding">Name of the selection.</param>
    /// <param name="budget">Characters that may stay.</param>
    /// <param name="phrase">What a gap holds, from its first and last line, both from 0.</param>
    public ElidedCandidate? Select(string encoding, int budget, Func<int, int, string> phrase)
    {
        if (Count < MinLines) return null;
        _pinned.CopyTo(_kept, 0); // a second selection starts anew
        _left = budget;
        for (int i = 0; i < Count; i++) _left -= _kept[i] ? _lines[i].Length + 1 + (i == 0 || _kept[i - 1] ? 0 : _gapCost) : 0;
        var byInterest = new List<int>[Must + 1];
        for (int i = 0; i < Count; i++)
        {
            if (!_kept[i]) (byInterest[_interest[i]] ??= []).Add(i);
        }

        for (int interest = Must; interest >= Least; interest--)
        {
            foreach (int line in byInterest[interest] ?? []) Keep(line);
        }

        CloseSmallGaps();
        return _kept.Contains(false) ? new ElidedCandidate(encoding, Parts(phrase), ContentRange.Lines(1, Count)) : null;
    }

    private void Keep(int line)
    {
        int cost = _lines[line].Length + 1;
        bool above = line == 0 || _kept[line - 1], below = line == Count - 1 || _kept[line + 1];
        if (!above && !below) cost += _gapCost;
        else if (above && below) cost -= _gapCost;
        if (cost > _left) return;
        _kept[line] = true;
        _left -= cost;
    }

    private void CloseSmallGaps()
    {
        for (int i = 0; i < Count;)
        {
            int end = i;
            while (end < Count && !_kept[end]) end++;
            if (end > i && (IsShort?.Invoke(i, end - 1) ?? _lines.Span(i, end - 1).Length < _gapCost)) Array.Fill(_kept, true, i, end - i);
            i = end + 1;
        }
    }

    private List<ElidedPart> Parts(Func<int, int, string> phrase)
    {
        List<ElidedPart> parts = [];
        for (int i = 0; i < Count;)
        {
            int end = i;
            while (end < Count && _kept[end] == _kept[i]) end++;
            ContentRange range = ContentRange.Lines(i + 1, end);
            parts.Add(_kept[i] ? new KeptPart(_lines.Span(i, end - 1).ToString(), range) : new GapPart(range, GapWords.Clean(phrase(i, end - 1))));
            i = end;
        }

        return parts;
    }
}
