namespace Headroom.Internal.Lines;

/// <summary>Keeps the most interesting lines of a text within a budget and makes the rest gaps.</summary>
internal sealed class LineSelection
{
    /// <summary>The most interesting a line can be. Lines of interest 0 are kept only to close short gaps.</summary>
    public const int Most = 100;

    /// <summary>About what a gap line takes, in characters: shorter gaps are shown instead.</summary>
    private const int GapCost = 90;

    /// <summary>With fewer lines there is nothing to choose.</summary>
    private const int MinLines = 8;

    private readonly IReadOnlyList<string> _lines;
    private readonly bool[] _kept;
    private int _left;

    private LineSelection(IReadOnlyList<string> lines, int budget)
    {
        _lines = lines;
        _kept = new bool[lines.Count];
        _left = budget;
    }

    /// <summary>The lines of a text as line numbers count them: at line feeds, the last one not opening another line.</summary>
    public static string[] LinesOf(string text) => (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    /// <param name="lines">From <see cref="LinesOf"/>.</param>
    /// <param name="interest">0 to <see cref="Most"/> for each line.</param>
    /// <param name="budget">How long the visible part may be, in characters.</param>
    /// <param name="phrase">What to say of lines first to last, from 0, inclusive.</param>
    public static ElidedCandidate? Select(IReadOnlyList<string> lines, int[] interest, int budget, Func<int, int, string> phrase)
    {
        if (lines.Count < MinLines) return null;
        var selection = new LineSelection(lines, budget);
        selection.KeepBest(interest);
        selection.CloseShortGaps();
        return selection.Candidate(phrase);
    }

    /// <summary>The most interesting first, within one degree from the top; what costs more than is left is passed over.</summary>
    private void KeepBest(int[] interest)
    {
        var byInterest = new List<int>[Most + 1];
        for (int i = 0; i < interest.Length; i++)
        {
            if (interest[i] > 0) (byInterest[Math.Min(Most, interest[i])] ??= []).Add(i);
        }

        for (int degree = Most; degree > 0; degree--)
        {
            foreach (int line in byInterest[degree] ?? [])
            {
                int cost = _lines[line].Length + 1;
                bool above = line == 0 || _kept[line - 1], below = line == _lines.Count - 1 || _kept[line + 1];
                if (!above && !below) cost += GapCost;
                else if (above && below) cost -= GapCost;
                if (cost > _left) continue;
                _kept[line] = true;
                _left -= cost;
            }
        }
    }

    private void CloseShortGaps()
    {
        for (int i = 0; i < _kept.Length;)
        {
            int end = i, characters = 0;
            while (end < _kept.Length && !_kept[end]) characters += _lines[end++].Length + 1;
            if (characters < GapCost) Array.Fill(_kept, true, i, end - i);
            i = end + 1;
        }
    }

    private ElidedCandidate? Candidate(Func<int, int, string> phrase)
    {
        if (!_kept.Contains(false)) return null;
        List<ElidedPart> parts = [];
        for (int i = 0; i < _kept.Length;)
        {
            int end = i;
            while (end < _kept.Length && _kept[end] == _kept[i]) end++;
            ContentRange range = ContentRange.Lines(i + 1, end);
            parts.Add(_kept[i] ? new KeptPart(string.Join('\n', _lines.Skip(i).Take(end - i)), range) : new GapPart(range, Ascii(phrase(i, end - 1))));
            i = end;
        }

        return new ElidedCandidate("lines", parts, ContentRange.Lines(1, _kept.Length));
    }

    /// <summary>A phrase is plain ASCII on one line and does not end like a marker.</summary>
    private static string Ascii(string phrase)
    {
        string plain = string.Create(phrase.Length, phrase, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = text[i] is >= ' ' and <= '~' ? text[i] : '?';
        });
        return plain.TrimEnd(']', ' ');
    }
}
