namespace Headroom.Compressors.Traces;

/// <summary>The prefixes that enclose the frame being read.</summary>
internal sealed class OpenPrefixes(string separators)
{
    private readonly List<string> _open = [""];

    /// <summary>Reads a line of a folded trace; <paramref name="frame"/> is <see langword="null"/> when it opens a prefix.</summary>
    public bool TryRead(string line, out string? frame)
    {
        frame = null;
        int depth = line.AsSpan().IndexOfAnyExcept(' ') - 1;
        if (depth < 0 || depth >= _open.Count) return false;
        string text = _open[depth] + line[(depth + 1)..];
        _open.RemoveRange(depth + 1, _open.Count - depth - 1);
        if (separators.Contains(line[^1], StringComparison.Ordinal)) _open.Add(text);
        else frame = text;
        return true;
    }
}
