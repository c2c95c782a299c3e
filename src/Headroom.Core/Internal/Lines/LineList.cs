namespace Headroom.Internal.Lines;

/// <summary>The lines of a text, cut at line feeds. A carriage return belongs to its line; a final line feed is followed by one empty line.</summary>
internal sealed class LineList
{
    private readonly string _text;
    private readonly List<int> _starts = [0];
    private int[]? _costs;

    public LineList(string text)
    {
        _text = text;
        for (int at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1)) _starts.Add(at + 1);
    }

    public int Count => _starts.Count;

    /// <summary>Line <paramref name="index"/>, counted from 0, without its line feed.</summary>
    public ReadOnlySpan<char> this[int index] => _text.AsSpan(_starts[index], End(index) - _starts[index]);

    /// <summary>The same line as memory.</summary>
    public ReadOnlyMemory<char> Memory(int index) => _text.AsMemory(_starts[index], End(index) - _starts[index]);

    /// <summary>Lines <paramref name="first"/> to <paramref name="last"/>, counted from 0, without the last line feed.</summary>
    public ReadOnlySpan<char> Span(int first, int last) => _text.AsSpan(_starts[first], End(last) - _starts[first]);

    /// <summary>Estimated tokens of line <paramref name="index"/>. Remembered: finders of several layouts ask for the same lines.</summary>
    public int Cost(int index)
    {
        _costs ??= new int[Count];
        if (_costs[index] == 0) _costs[index] = TokenEstimate.Of(this[index]) + 1;
        return _costs[index] - 1;
    }

    /// <summary>A number for each line, the same for the same line, counted up from 0 in order of first sight.</summary>
    public int[] Identities()
    {
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        int[] ids = new int[Count];
        for (int i = 0; i < ids.Length; i++)
        {
            if (!lookup.TryGetValue(this[i], out ids[i])) lookup[this[i]] = ids[i] = known.Count;
        }

        return ids;
    }

    private int End(int index) => index + 1 < _starts.Count ? _starts[index + 1] - 1 : _text.Length;
}
