namespace Headroom.Internal.Lines;

/// <summary>Puts back what <see cref="RepeatedLines"/> left out, line by line.</summary>
internal sealed class RepeatedLinesReader
{
    /// <summary>No text Headroom takes has more lines; a damaged note must not ask for more.</summary>
    private const int MaxLines = 64 * 1024 * 1024;

    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);
    private int _before = -1;

    public List<string> Lines { get; } = [];

    public void Add(string line)
    {
        _before = _last.GetValueOrDefault(line, -1);
        _last[line] = Lines.Count;
        Lines.Add(line);
    }

    /// <summary><see langword="false"/> when the note makes no sense here.</summary>
    public bool TryRepeat(int count)
    {
        if (_before < 0 || count > MaxLines - Lines.Count) return false;
        for (int from = _before + 1; count > 0; count--)
        {
            string line = Lines[from++];
            _last[line] = Lines.Count;
            Lines.Add(line);
        }

        _before = -1;
        return true;
    }
}
