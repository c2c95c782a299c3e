namespace Headroom.Internal.Tables;

/// <summary>Lines <c>key: value</c> whose values stand below one another: the blanks between go, and follow again from the longest key of a block.</summary>
/// <param name="distance">Blanks after the longest key of a block; or, where negative, minus the column of all values.</param>
internal sealed class KeyedLines(int distance)
{
    /// <summary>A line indented this far continues the value above it and belongs to its block. Keys are not indented so far.</summary>
    private const int ContinuationIndent = 12;

    /// <summary>Furthest column of a value: keys are short.</summary>
    public const int MaxColumn = 100;

    public int Distance => distance;

    /// <summary>Where the key of an aligned line ends, after its colon, and where its value begins; <c>(0, 0)</c> in other lines.</summary>
    private static (int KeyEnd, int Value) Measure(ReadOnlySpan<char> line)
    {
        int indent = line.IndexOfAnyExcept(' ');
        if (indent is < 0 or >= ContinuationIndent) return default;
        int end = line.IndexOf(": ", StringComparison.Ordinal) + 1;
        if (end <= indent + 1 || end > MaxColumn || line[indent..end].Contains("  ", StringComparison.Ordinal)) return default;
        int value = line[end..].IndexOfAnyExcept(' ');
        return value < 0 ? default : (end, end + value);
    }

    private static bool Continues(ReadOnlySpan<char> line)
    {
        int indent = line.IndexOfAnyExcept(' ');
        return indent >= ContinuationIndent;
    }

    /// <summary>The lines with the blanks gone, those escaped with <paramref name="raw"/> that would be read as such; and how many lost blanks less how many were escaped.</summary>
    public (List<string> Lines, int Gain) Squeeze(IReadOnlyList<string> lines, string raw)
    {
        List<string> output = [];
        int gain = 0;
        int failedEnd = -1;
        bool adjacent = false; // the line above belongs to a block that lost its blanks
        for (int i = 0; i < lines.Count;)
        {
            (int keyEnd, int value) = Measure(lines[i]);
            if (value == 0)
            {
                adjacent &= Continues(lines[i]);
                output.Add(lines[i++]);
                continue;
            }

            int end = i, longest = 0;
            for (int k = i; k < lines.Count; k++)
            {
                (int otherEnd, int otherValue) = Measure(lines[k]);
                if (otherValue == 0 ? !Continues(lines[k]) : otherValue != value) break;
                if (otherValue == 0) continue;
                longest = Math.Max(longest, otherEnd);
                end = k + 1;
            }

            bool fits = value == (distance < 0 ? -distance : longest + distance);
            if (fits && (!adjacent || distance < 0))
            {
                for (; i < end; i++)
                {
                    (keyEnd, value) = Measure(lines[i]);
                    output.Add(value == 0 ? lines[i] : string.Concat(lines[i].AsSpan(0, keyEnd), " ", lines[i].AsSpan(value)));
                    if (value > keyEnd + 1) gain++;
                }

                adjacent = true;
            }
            else
            {
                int stop = end == failedEnd ? end : i + 1; // without its first line a block may fit; one more try keeps this linear
                failedEnd = end;
                for (; i < stop; i++)
                {
                    (keyEnd, value) = Measure(lines[i]);
                    bool mustEscape = value > 0 && value == keyEnd + 1;
                    output.Add(mustEscape ? raw + lines[i] : lines[i]);
                    if (mustEscape) gain--;
                }

                adjacent = false;
            }
        }

        return (output, gain);
    }

    /// <summary>Gives the lines of a run their blanks back.</summary>
    public void Restore(List<string> lines)
    {
        for (int i = 0; i < lines.Count;)
        {
            int end = i, longest = 0;
            for (; end < lines.Count; end++)
            {
                (int keyEnd, int value) = Measure(lines[end]);
                if (value == keyEnd + 1) longest = Math.Max(longest, keyEnd);
                else if (!Continues(lines[end])) break;
            }

            int column = distance < 0 ? -distance : longest + distance;
            for (; i < end; i++)
            {
                (int keyEnd, int value) = Measure(lines[i]);
                if (value == keyEnd + 1 && value > 0) lines[i] = string.Concat(lines[i].AsSpan(0, keyEnd), new string(' ', Math.Max(1, column - keyEnd)), lines[i].AsSpan(value));
            }

            i = Math.Max(i, end) + (end < lines.Count ? 1 : 0);
        }
    }

    /// <summary>The column at which most values of a text stand, and the most frequent distance from the longest key of a block.</summary>
    public static IEnumerable<KeyedLines> Guesses(IReadOnlyList<string> lines)
    {
        int[] columns = new int[MaxColumn + 1];
        foreach (string line in lines)
        {
            (int keyEnd, int value) = Measure(line);
            if (value > keyEnd + 1 && value <= MaxColumn) columns[value]++;
        }

        int commonest = Array.IndexOf(columns, columns.Max());
        yield return new KeyedLines(2); // tabwriter's usual padding: kubectl, helm and most tools written in Go
        yield return new KeyedLines(1);
        if (commonest > 0) yield return new KeyedLines(-commonest);
    }
}
