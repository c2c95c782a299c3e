using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Text;

/// <summary>What prose is cut by: its lines, and the sentences of lines that hold several. A selection of units becomes one of lines again.</summary>
internal sealed class ProseUnits
{
    /// <summary>Shorter lines are kept or left out whole, in characters: a gap line takes a third of this, and half of one seldom stands alone.</summary>
    private const int MinLine = 300;

    /// <summary>Shorter pieces are no sentences of their own, in characters: initials, abbreviations, numbers of a list.</summary>
    private const int MinSentence = 40;

    private readonly string _text;
    private readonly List<Unit> _units = [];

    public ProseUnits(string text)
    {
        _text = text;
        var lines = new LineList(text);
        int start = 0;
        for (int line = 0; line < lines.Count; line++)
        {
            int end = start + lines[line].Length;
            if (end - start < MinLine) _units.Add(new Unit(line, start, end));
            else Split(line, start, end);
            start = end + 1;
        }

        Lines = new LineList(string.Join('\n', _units.Select(u => text.AsSpan(u.Start, u.End - u.Start).ToString())));
    }

    private readonly record struct Unit(int Line, int Start, int End);

    /// <summary>The units, one a line.</summary>
    public LineList Lines { get; }

    /// <summary>The line of the text a unit stands in, from 0.</summary>
    public int LineOf(int unit) => _units[unit].Line;

    /// <summary>Whether a unit is the first of its line.</summary>
    public bool BeginsLine(int unit) => unit == 0 || _units[unit - 1].Line != _units[unit].Line;

    /// <summary>A selection of units as one of lines: of a line that is kept in part the kept sentences stand above the gap that holds the rest.</summary>
    public ElidedCandidate InLines(ElidedCandidate chosen, Func<int, int, string> phrase)
    {
        bool[] kept = new bool[_units.Count];
        foreach (KeptPart part in chosen.Parts.OfType<KeptPart>()) Array.Fill(kept, true, part.Range!.Value.First - 1, part.Range.Value.Count);
        int count = chosen.Total.Last; // a final line end begins no unit
        List<ElidedPart> parts = [];
        int shown = -1, gap = -1, gapUnit = 0; // where the run of shown lines and the gap began
        for (int unit = 0; unit < count;)
        {
            int line = _units[unit].Line, end = unit, keep = 0;
            for (; end < count && _units[end].Line == line; end++) keep += kept[end] ? 1 : 0;
            bool whole = keep == end - unit;
            if (whole) CloseGap(line, unit);
            else CloseShown(line);
            if (whole && shown < 0) shown = line;
            if (!whole && keep > 0)
            {
                CloseGap(line, unit);
                parts.Add(new KeptPart(Sentences(kept, unit, end), null));
            }

            if (!whole && gap < 0) (gap, gapUnit) = (line, Array.IndexOf(kept, false, unit));
            unit = end;
        }

        int last = _units[count - 1].Line;
        CloseShown(last + 1);
        CloseGap(last + 1, count);
        return new ElidedCandidate(chosen.Encoding, parts, ContentRange.Lines(1, last + 1));

        void CloseShown(int line)
        {
            if (shown >= 0) parts.Add(new KeptPart(_text[_units[FirstOf(shown)].Start.._units[FirstOf(line) - 1].End], ContentRange.Lines(shown + 1, line)));
            shown = -1;
        }

        void CloseGap(int line, int unit)
        {
            if (gap >= 0) parts.Add(new GapPart(ContentRange.Lines(gap + 1, line), GapWords.Clean(phrase(gapUnit, unit - 1))));
            gap = -1;
        }
    }

    /// <summary>The first unit of a line.</summary>
    public int FirstOf(int line)
    {
        int low = 0, high = _units.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_units[middle].Line < line) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The kept sentences of one line; runs of them as they stand, with a sign where others stood between.</summary>
    private string Sentences(bool[] kept, int first, int end)
    {
        List<string> runs = [];
        for (int unit = first; unit < end; unit++)
        {
            if (!kept[unit]) continue;
            int last = unit;
            while (last + 1 < end && kept[last + 1]) last++;
            runs.Add((unit > first ? "(...) " : "") + _text[_units[unit].Start.._units[last].End]);
            unit = last;
        }

        return string.Join(' ', runs);
    }

    /// <summary>Cuts a line behind full stops that a blank and the beginning of a sentence follow.</summary>
    private void Split(int line, int start, int end)
    {
        int from = start;
        for (int i = start; i + 2 < end; i++)
        {
            if (_text[i] is not ('.' or '!' or '?' or ')' or ']' or '"' or '\u201d') || _text[i + 1] != ' ' || !BeginsSentence(_text[i + 2])) continue;
            if (_text[i] is not ('.' or '!' or '?') && _text[i - 1] is not ('.' or '!' or '?')) continue;
            if (i + 1 - from < MinSentence || end - i - 2 < MinSentence) continue;
            _units.Add(new Unit(line, from, i + 1));
            from = i + 2;
        }

        _units.Add(new Unit(line, from, end));
    }

    private static bool BeginsSentence(char c) => char.IsUpper(c) || char.IsDigit(c) || c is '(' or '"' or '\u201c' or '[' or '-' or '*';
}
