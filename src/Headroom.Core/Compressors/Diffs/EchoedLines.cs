using Headroom.Internal.Lines;

namespace Headroom.Compressors.Diffs;

/// <summary>Finds changed lines that say what other visible changed lines say: text that was moved, indented or given other line ends, notices that stand in every file.</summary>
internal sealed class EchoedLines
{
    /// <summary>Shortest text in lines and characters that is worth pointing elsewhere for.</summary>
    private const int MinLines = 3, MinCharacters = 120;

    /// <summary>Lines with fewer characters (a bracket, an <c>else</c>) begin no match: they stand everywhere.</summary>
    private const int MinTelling = 8;

    /// <summary>Added lines that may lie between the twins of two removed ones; it also bounds the work.</summary>
    private const int MaxSkip = 32;

    private readonly LineList _lines;
    private readonly DiffLineKind[] _kinds;
    private readonly bool[] _visible;

    /// <param name="lines">The lines of the diff.</param>
    /// <param name="kinds">What they are.</param>
    /// <param name="visible">Which of them stay visible; those that are found to be echoes are struck off.</param>
    public EchoedLines(LineList lines, DiffLineKind[] kinds, bool[] visible)
    {
        (_lines, _kinds, _visible) = (lines, kinds, visible);
        Source = new int[kinds.Length];
        Array.Fill(Source, -1);
        for (int i = 0; i < kinds.Length;)
        {
            int end = i;
            while (end < kinds.Length && IsChanged(end)) end++;
            if (end > i) FindTwins(i, end);
            i = end + 1;
        }

        FindRepeats();
    }

    /// <summary>For each line the one that says the same, but perhaps for white space at its ends; -1 for most.</summary>
    public int[] Source { get; }

    private bool IsChanged(int line) => _visible[line] && _kinds[line] is DiffLineKind.Added or DiffLineKind.Removed;

    private ReadOnlySpan<char> Body(int line) => _lines[line][1..];

    /// <summary>Removed lines that stand among the lines added in their place, with other white space.</summary>
    private void FindTwins(int first, int end)
    {
        int added = first;
        for (int i = first; i < end; i++)
        {
            if (_kinds[i] != DiffLineKind.Removed) continue;
            if (added < i) added = i;
            ReadOnlySpan<char> body = Body(i).Trim();
            int reach = body.Length < MinTelling ? 1 : MaxSkip;
            for (int twin = added, seen = 0; twin < end && seen < reach; twin++)
            {
                if (_kinds[twin] != DiffLineKind.Added) continue;
                seen++;
                if (!Body(twin).Trim().SequenceEqual(body)) continue;
                (Source[i], added) = (twin, twin + 1);
                break;
            }
        }

        KeepLongRuns(first, end);
    }

    /// <summary>Forgets runs that are too short to be worth a gap, so that they can be sources themselves.</summary>
    private void KeepLongRuns(int first, int end)
    {
        for (int i = first; i < end;)
        {
            int last = i, characters = 0;
            while (last < end && Source[last] >= 0) characters += _lines[last++].Length;
            bool worth = last - i >= MinLines && characters >= MinCharacters;
            for (int k = i; k < last; k++)
            {
                if (worth) _visible[k] = false;
                else Source[k] = -1;
            }

            i = last + 1;
        }
    }

    /// <summary>Runs of lines, all added or all removed, that stood before among changed lines.</summary>
    private void FindRepeats()
    {
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < _kinds.Length;)
        {
            int count = IsChanged(i) && Body(i).Trim().Length >= MinTelling && lookup.TryGetValue(Body(i), out int before) ? Repeats(i, before) : 0;
            for (int k = 0; k < count; k++) (Source[i + k], _visible[i + k]) = (lookup[Body(i)] + k, false);
            if (count == 0 && IsChanged(i)) lookup[Body(i)] = i;
            i += Math.Max(1, count);
        }
    }

    private int Repeats(int at, int before)
    {
        int count = 0, characters = 0;
        while (at + count < _kinds.Length && before + count < at && IsChanged(at + count) && IsChanged(before + count)
            && _kinds[at + count] == _kinds[at] && Body(at + count).SequenceEqual(Body(before + count)))
        {
            characters += _lines[at + count].Length;
            count++;
        }

        return count >= MinLines && characters >= MinCharacters ? count : 0;
    }
}
