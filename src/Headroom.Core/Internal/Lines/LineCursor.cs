namespace Headroom.Internal.Lines;

/// <summary>Takes runs of lines out of a text, in order, so that all of them together take one pass.</summary>
internal sealed class LineCursor(string text)
{
    private int _line, _offset;

    /// <summary>Lines <paramref name="first"/> to <paramref name="last"/>, counted from 1, with their line ends, as far as they exist; none may lie before those of the last call.</summary>
    public ReadOnlySpan<char> Take(int first, int last)
    {
        MoveBehind(first - 1);
        int start = _offset;
        MoveBehind(last);
        return text.AsSpan(start, _offset - start);
    }

    private void MoveBehind(int line)
    {
        while (_line < line && _offset < text.Length)
        {
            int end = text.IndexOf('\n', _offset);
            _offset = end < 0 ? text.Length : end + 1;
            _line++;
        }
    }
}
