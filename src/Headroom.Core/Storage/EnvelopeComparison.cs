using System.Buffers;

namespace Headroom.Storage;

/// <summary>Compares an entry with the text it should hold, piece after piece, without ever holding both.</summary>
/// <remarks>Not thread-safe. Made by <see cref="OriginalEnvelope.Compare"/>; dispose of it.</remarks>
public sealed class EnvelopeComparison : IDisposable
{
    private readonly EnvelopeReader _reader;
    private readonly string _original;
    private int _at;
    private bool _differs;

    internal EnvelopeComparison(EnvelopeReader reader, string original)
    {
        _reader = reader;
        _original = original;
    }

    /// <summary>The state of the entry, once every piece was added. Fewer pieces than there are make a <see cref="EnvelopeState.Damaged"/> one.</summary>
    public EnvelopeState State => _reader.State != EnvelopeState.Intact ? _reader.State : _reader.IsComplete ? EnvelopeState.Intact : EnvelopeState.Damaged;

    /// <summary>Whether the entry is whole and holds the text.</summary>
    public bool IsSame => State == EnvelopeState.Intact && !_differs && _at == _original.Length;

    /// <summary>Adds the next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        int most = _reader.Open(piece);
        if (most < 0) return;
        char[] buffer = ArrayPool<char>.Shared.Rent(most);
        int characters = _reader.Take(buffer.AsSpan(0, most));
        _differs |= characters > _original.Length - _at || !buffer.AsSpan(0, characters).SequenceEqual(_original.AsSpan(_at, characters));
        _at += _differs ? 0 : characters;
        ArrayPool<char>.Shared.Return(buffer);
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();
}
