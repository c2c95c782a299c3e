using System.Runtime.InteropServices;

namespace Headroom.Storage;

/// <summary>Puts an entry together from pieces that come one after the other, as from a server.</summary>
/// <remarks>Not thread-safe. Made by <see cref="OriginalEnvelope.Assemble"/>; dispose of it. Holds the text and one piece.</remarks>
public sealed class EnvelopeAssembly : IDisposable
{
    private readonly EnvelopeReader _reader;
    private string? _text;
    private int _at;

    internal EnvelopeAssembly(EnvelopeReader reader) => _reader = reader;

    /// <summary>Adds the next piece.</summary>
    /// <returns><see langword="false"/> where it is not the next piece of this entry; further ones need not be added then.</returns>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        if (_reader.Open(piece) < 0) return false;
        try
        {
            // The length of a damaged entry is not to be trusted, so it may be more than there is memory for.
            _text ??= new string('\0', _reader.Length);
        }
        catch (OutOfMemoryException)
        {
            return false;
        }

        // Written in place: nobody has seen this string yet, and a buffer beside it would double the memory of a huge original.
        Span<char> text = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(_text.AsSpan()), _text.Length);
        _at += _reader.Take(text[_at..]);
        return _reader.State == EnvelopeState.Intact;
    }

    /// <summary>What came of it, once every piece was added. Fewer pieces than there are make a <see cref="EnvelopeState.Damaged"/> entry.</summary>
    public EnvelopeReading Finish()
    {
        if (_reader.State != EnvelopeState.Intact) return new EnvelopeReading(_reader.State, null);
        return _reader.IsComplete && _text is not null ? new EnvelopeReading(EnvelopeState.Intact, _text) : new EnvelopeReading(EnvelopeState.Damaged, null);
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();
}
