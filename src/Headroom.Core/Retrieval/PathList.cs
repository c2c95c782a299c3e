using System.Buffers;

namespace Headroom.Retrieval;

/// <summary>Several paths in one argument: <c>/items[4-6],/items[9]</c>, or <c>/items[4-6,9]</c>.</summary>
internal static class PathList
{
    private static readonly SearchValues<char> RangeSigns = SearchValues.Create("0123456789-.: ,");

    /// <summary>The paths, in order; one when the argument holds one.</summary>
    public static List<string> Split(string path)
    {
        List<string> paths = [];
        int start = 0;
        for (int i = 1; i < path.Length; i++)
        {
            if (path[i] != ',' || !BeginsPath(path.AsSpan(i + 1))) continue;
            paths.AddRange(Expand(path[start..i].Trim()));
            start = i + 1;
        }

        paths.AddRange(Expand(path[start..].Trim()));
        return paths;
    }

    private static bool BeginsPath(ReadOnlySpan<char> text) => text.TrimStart() is ['/' or '[' or '$', ..];

    /// <summary><c>/items[4-6,9]</c> as one path for each range.</summary>
    private static IEnumerable<string> Expand(string path)
    {
        int open = path.LastIndexOf('[');
        int close = open < 0 ? -1 : path.IndexOf(']', open);
        if (close < 0) return [path];
        ReadOnlySpan<char> ranges = path.AsSpan(open + 1, close - open - 1);
        if (!ranges.Contains(',') || ranges.ContainsAnyExcept(RangeSigns)) return [path];
        string before = path[..(open + 1)], behind = path[close..];
        return ranges.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(r => before + r + behind);
    }
}
