namespace Headroom.Internal.Lines;

/// <summary>Finds lines that begin with the end of an earlier line, as chunks of a document do that were cut with an overlap. Linear.</summary>
internal sealed class OverlapSearch(LineList lines)
{
    /// <summary>Shorter overlaps are not looked for, in characters: the reference takes about 50, and asks the reader to look elsewhere.</summary>
    private const int MinCharacters = 100;

    /// <summary>Estimated tokens of a reference with its words.</summary>
    private const int ReferenceCost = 18;

    private readonly OverlapIndex _index = new();

    /// <summary>Line <c>At</c> begins with the last <c>Length</c> characters of line <c>From</c>.</summary>
    public readonly record struct Overlap(int At, int From, int Length, int Gain);

    /// <summary>The overlaps worth writing, by line; lines inside <paramref name="folds"/> are passed over.</summary>
    public Dictionary<int, Overlap> Find(IReadOnlyList<FoldSearch.Fold> folds)
    {
        Dictionary<int, Overlap> overlaps = [];
        int next = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            if (next < folds.Count && folds[next].At == i)
            {
                i += folds[next++].Length - 1;
                continue;
            }

            ReadOnlySpan<char> line = Content(lines[i]);
            if (line.Length < MinCharacters) continue;
            if (Best(i, line) is { Gain: > 0 } overlap) overlaps.Add(i, overlap);
            _index.Add(i, line, MinCharacters);
        }

        return overlaps;
    }

    /// <summary>A line without its carriage return, which no overlap includes.</summary>
    public static ReadOnlySpan<char> Content(ReadOnlySpan<char> line) => line.EndsWith('\r') ? line[..^1] : line;

    private Overlap Best(int at, ReadOnlySpan<char> line)
    {
        Overlap best = default;
        foreach ((int from, int start) in _index.Find(line))
        {
            ReadOnlySpan<char> tail = Content(lines[from])[start..];
            if (tail.Length <= best.Length || !line.StartsWith(tail, StringComparison.Ordinal)) continue;
            best = new Overlap(at, from, tail.Length, TokenEstimate.Of(tail) - ReferenceCost);
        }

        return best;
    }
}
