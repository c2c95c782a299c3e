namespace Headroom.Cli.Wire;

/// <summary>Reads a stream line by line as bytes. Lines end with <c>\n</c> or <c>\r\n</c>; a byte order mark at the start is skipped.</summary>
internal sealed class ByteLines(Stream input)
{
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _first = true;

    /// <summary>The next line without its end, or <see langword="null"/> at the end of the stream.</summary>
    public byte[]? Next()
    {
        int searched = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0) return Cut(searched + at, 1);
            searched = _end - _start;
            if (!Fill()) return searched == 0 ? null : Cut(searched, 0);
        }
    }

    private bool Fill()
    {
        if (_start > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length == Array.MaxLength) throw new CliException("cannot read the input: one line is longer than 2 GB. Split it into items.", ExitCodes.CannotRead);
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, 2L * _buffer.Length));
        }

        int read = input.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private byte[] Cut(int length, int terminator)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + terminator;
        if (_first && line.StartsWith("\uFEFF"u8)) line = line[3..];
        _first = false;
        if (line.EndsWith("\r"u8)) line = line[..^1];
        return line.ToArray();
    }
}
