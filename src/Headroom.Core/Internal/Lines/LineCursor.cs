namespace Headroom.Internal.Lines;

/// <summary>A place between two lines of a text. Moves forward only, so that any number of steps together take one pass.</summary>
internal sealed class LineCursor(string text)
{
    private int _line;

    /// <summary>Offset of the place in the text.</summary>
    public int Offset { get; private set; }

    /// <summary>Moves behind line <paramref name="line"/>, counted from 1, or to the end.</summary>
    public void MoveBehind(int line)
    {
        while (_line < line && Offset < text.Length)
        {
            int end = text.IndexOf('\n', Offset);
            Offset = end < 0 ? text.Length : end + 1;
            _line++;
        }
    }
}
