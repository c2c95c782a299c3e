using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Headroom.Internal;

namespace Headroom.Compressors.Logs;

/// <summary>Finds lines that stood before, word for word.</summary>
internal sealed class RepeatFinder
{
    /// <summary>About what a note on a repeat costs, with a margin: below it the lines themselves are as short and easier to read.</summary>
    private const int NoteCost = 11;

    /// <summary>How many earlier places of the same line are tried; more hardly finds longer repeats.</summary>
    private const int MaxCandidates = 8;

    /// <summary>Units compared in a row; a longer repeat is found in pieces.</summary>
    private const int MaxLength = 4_096;

    private readonly LogLines _lines;
    private readonly List<LogUnit> _units;
    private readonly ulong[] _hashes;
    private readonly int[] _previous;
    private readonly int[] _costs;

    public RepeatFinder(LogLines lines, List<LogUnit> units, RecordShape?[] shapes)
    {
        _lines = lines;
        _units = units;
        _hashes = new ulong[units.Count];
        _previous = new int[units.Count];
        _costs = new int[units.Count];
        var last = new Dictionary<ulong, int>(units.Count);
        for (int i = 0; i < units.Count; i++)
        {
            LogUnit unit = units[i];
            ReadOnlySpan<char> text = lines.Span(unit.Line, unit.Lines);
            _hashes[i] = Fnv1a.Folded(text);
            _previous[i] = last.TryGetValue(_hashes[i], out int earlier) ? earlier : -1;
            last[_hashes[i]] = i;
            _costs[i] = unit.Symbol >= 0 && shapes[unit.Symbol] is { } shape ? 2 + shape.Fields.Length : 1 + text.Length / 4;
        }
    }

    /// <summary>Whether the units from <paramref name="at"/> stood before; <paramref name="note"/> says where.</summary>
    public bool TryFind(int at, out int count, [NotNullWhen(true)] out string? note)
    {
        (count, note) = (0, null);
        int best = NoteCost;
        int source = -1;
        int tries = 0;
        for (int candidate = _previous[at]; candidate >= 0 && tries < MaxCandidates; candidate = _previous[candidate], tries++)
        {
            int length = 0;
            int cost = 0;
            int period = at - candidate;
            while (at + length < _units.Count && length < MaxLength && _hashes[candidate + length] == _hashes[at + length]) cost += _costs[at + length++];
            if (length > period) length -= length % period;
            if (cost <= best || length == 0 || !SameText(candidate, at, length)) continue;
            (best, source, count) = (cost, candidate, length);
        }

        if (source < 0) return false;
        note = Note(source, at, count);
        return true;
    }

    private bool SameText(int a, int b, int count) =>
        _lines.Span(_units[a].Line, LineCount(a, count)).SequenceEqual(_lines.Span(_units[b].Line, LineCount(b, count)));

    private int LineCount(int unit, int count) => _units[unit + count - 1].Line + _units[unit + count - 1].Lines - _units[unit].Line;

    private string Note(int source, int at, int count)
    {
        int period = at - source;
        int first = _units[source].Line + 1;
        if (count % period == 0)
        {
            int lines = LineCount(source, period);
            string what = lines == 1 ? "line" : string.Create(CultureInfo.InvariantCulture, $"{lines} lines");
            return string.Create(CultureInfo.InvariantCulture, $"[last {what} x{count / period} more]");
        }

        int last = first + LineCount(source, count) - 1;
        return first == last
            ? string.Create(CultureInfo.InvariantCulture, $"[= line {first}]")
            : string.Create(CultureInfo.InvariantCulture, $"[= lines {first}-{last}]");
    }
}
