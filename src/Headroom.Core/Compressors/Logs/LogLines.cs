namespace Headroom.Compressors.Logs;

/// <summary>A text as lines and their tokens, all as ranges of the text.</summary>
internal sealed class LogLines
{
    private readonly int[] _starts;
    private readonly int[] _tokenStarts;
    private List<LineToken> _tokens;
    private readonly ulong[] _skeletons;

    public LogLines(string text)
    {
        Text = text;
        Count = text.AsSpan().Count('\n') + 1;
        _starts = new int[Count + 1];
        _tokenStarts = new int[Count + 1];
        _skeletons = new ulong[Count];
        _tokens = new List<LineToken>(Math.Max(16, text.Length / 8));
        var shape = new LineShape();
        int start = 0;
        for (int i = 0; i < Count; i++)
        {
            _starts[i] = start;
            int length = text.AsSpan(start).IndexOf('\n');
            if (length < 0) length = text.Length - start;
            if (length > 0 && shape.TryRead(text.AsSpan(start, length), start))
            {
                _skeletons[i] = shape.Skeleton;
                _tokens.AddRange(shape.Tokens);
            }

            _tokenStarts[i + 1] = _tokens.Count;
            start += length + 1;
        }

        _starts[Count] = start;
    }

    public string Text { get; }

    public int Count { get; }

    /// <summary>0 for a line that cannot have a template.</summary>
    public ulong Skeleton(int line) => _skeletons[line];

    public int Start(int line) => _starts[line];

    public int End(int line) => _starts[line + 1] - 1;

    public ReadOnlySpan<char> Line(int line) => Span(line, 1);

    /// <summary>Some lines with the line ends between them.</summary>
    public ReadOnlySpan<char> Span(int line, int count) => Text.AsSpan(_starts[line], _starts[line + count] - 1 - _starts[line]);

    public ReadOnlySpan<LineToken> Tokens(int line, int count = 1) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens)[_tokenStarts[line].._tokenStarts[line + count]];

    /// <summary>Takes some lines as a time at the beginning and a rest, instead of token by token.</summary>
    public void ReduceToTimeAndRest(Func<int, int> restStart)
    {
        List<LineToken> tokens = new(_tokens.Count);
        int from = 0;
        for (int i = 0; i < Count; i++)
        {
            int rest = restStart(i);
            int to = _tokenStarts[i + 1];
            if (rest > 0)
            {
                while (_tokens[from].Kind != TokenKind.Time) from++;
                tokens.Add(_tokens[from]);
                tokens.Add(new LineToken(rest, End(i) - rest, TokenKind.Value));
            }
            else
            {
                for (int k = from; k < to; k++) tokens.Add(_tokens[k]);
            }

            from = to;
            _tokenStarts[i + 1] = tokens.Count;
        }

        _tokens = tokens;
    }

    public ReadOnlySpan<char> Value(in LineToken token) => Text.AsSpan(token.Start, token.Length);
}
