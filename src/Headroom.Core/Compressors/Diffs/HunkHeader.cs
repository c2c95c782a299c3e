using Headroom.Internal.Lines;

namespace Headroom.Compressors.Diffs;

/// <summary>Counts the lines of a hunk as its header announces them, for one parent (<c>@@ -1,7 +1,8 @@</c>) or several (<c>@@@ -1,7 -1,6 +1,8 @@@</c>).</summary>
internal sealed class HunkHeader
{
    /// <summary>An octopus merge of more branches is not seen in practice.</summary>
    private const int MaxParents = 16;

    private readonly int[] _left;

    private HunkHeader(int[] left) => _left = left;

    /// <summary>Columns of signs before each line.</summary>
    public int Parents => _left.Length - 1;

    /// <summary>Whether the announced lines have all been read.</summary>
    public bool IsOver => Array.TrueForAll(_left, n => n <= 0);

    /// <summary>Reads a header; <see langword="null"/> when the line is none.</summary>
    public static HunkHeader? Read(ReadOnlySpan<char> line)
    {
        int signs = line.IndexOfAnyExcept(line.Length > 0 && line[0] == '#' ? '#' : '@'); // Subversion writes ## above changed properties
        if (signs is < 2 or > MaxParents) return null;
        var scan = new LineScan(line[signs..]);
        int[] left = new int[signs];
        for (int side = 0; side < signs; side++)
        {
            if (!scan.Skip(side < signs - 1 ? " -" : " +") || !scan.Number(out _)) return null;
            left[side] = 1;
            if (scan.Skip(",") && !scan.Number(out left[side])) return null;
        }

        return scan.Skip(" ") && scan.Rest.StartsWith(line[..signs]) ? new HunkHeader(left) : null;
    }

    /// <summary>Counts a line of the hunk and says what it is.</summary>
    public DiffLineKind Count(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> signs = line[..Math.Min(line.Length, Parents)];
        if (signs.StartsWith("\\")) return DiffLineKind.Context;
        bool removed = signs.Contains('-');
        for (int parent = 0; parent < Parents; parent++)
        {
            char sign = parent < signs.Length ? signs[parent] : ' ';
            if (removed ? sign == '-' : sign != '+') _left[parent]--;
        }

        if (!removed) _left[^1]--;
        return removed ? DiffLineKind.Removed : signs.Contains('+') ? DiffLineKind.Added : DiffLineKind.Context;
    }

    /// <summary>Whether a line can stand in a hunk at all.</summary>
    public static bool CanHold(ReadOnlySpan<char> line) => line.IsEmpty || line[0] is ' ' or '+' or '-' or '\\' or '\r' or '\t';
}
