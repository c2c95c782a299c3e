using System.Buffers;

namespace Headroom.Cli.Wire;

/// <summary>Changes to make to a line: everything between them is copied byte for byte.</summary>
/// <param name="line">The line. Changes are given in the order in which they stand in it, and do not overlap.</param>
internal sealed class JsonEdits(ReadOnlyMemory<byte> line)
{
    private readonly ArrayBufferWriter<byte> _output = new(line.Length + 256);
    private int _copied;

    /// <summary>Whether anything changes.</summary>
    public bool Any { get; private set; }

    /// <summary>Puts a string token in the place of a value.</summary>
    public void Replace(JsonSpan value, string text)
    {
        CopyTo(value.Start);
        JsonText.Write(_output, text);
        _copied = value.Start + value.Length;
    }

    /// <summary>Leaves bytes out.</summary>
    public void Remove(int start, int length)
    {
        CopyTo(start);
        _copied = start + length;
    }

    /// <summary>Puts bytes before what stands at <paramref name="at"/>.</summary>
    public void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        CopyTo(at);
        _output.Write(bytes);
    }

    /// <summary>The line with the changes.</summary>
    public ReadOnlyMemory<byte> Apply()
    {
        if (!Any) return line;
        CopyTo(line.Length);
        return _output.WrittenMemory;
    }

    private void CopyTo(int end)
    {
        Any = true;
        _output.Write(line.Span[_copied..end]);
        _copied = end;
    }
}
