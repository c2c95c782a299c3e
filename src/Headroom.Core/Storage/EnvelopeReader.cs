using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Headroom.Storage;

/// <summary>Reads one entry, piece after piece, and finds out whether it is whole.</summary>
internal sealed class EnvelopeReader(EnvelopeName name, OriginalEncryption? encryption) : IDisposable
{
    private const int HashBytes = 32;

    private readonly IncrementalHash _seal = Begin(name);
    private byte[] _body = [];
    private byte[] _text = [];
    private AesGcm? _cipher;
    private EnvelopeHeader _first;
    private EnvelopeHeader _header;
    private int _textBytes;
    private int _number;
    private int _characters;
    private bool _isSealed;

    /// <summary>What is wrong so far; <see cref="EnvelopeState.Intact"/> while nothing is.</summary>
    public EnvelopeState State { get; private set; }

    /// <summary>Characters of the original; known after the first piece.</summary>
    public int Length { get; private set; }

    /// <summary>Whether every piece was read and the text is the one that was sealed.</summary>
    public bool IsComplete => State == EnvelopeState.Intact && _isSealed && _characters == Length;

    /// <summary>Opens the next piece; its text is then to be taken with <see cref="Take"/>.</summary>
    /// <returns>The most characters it can have; -1 where it is not a piece of this entry.</returns>
    public int Open(ReadOnlySpan<byte> piece)
    {
        if (State != EnvelopeState.Intact) return -1;
        State = Unpack(piece);
        return State == EnvelopeState.Intact ? Math.Min(_textBytes, Length - _characters) : -1;
    }

    /// <summary>The text of the piece that was opened.</summary>
    public int Take(Span<char> text)
    {
        if (EnvelopeText.TryRead(_text.AsSpan(0, _textBytes), _header.Is(EnvelopeHeader.Utf16), text, out int characters))
        {
            _characters += characters;
            return characters;
        }

        State = EnvelopeState.Damaged;
        return 0;
    }

    private EnvelopeState Unpack(ReadOnlySpan<byte> piece)
    {
        if (EnvelopeHeader.TryRead(piece, out _header) is not EnvelopeState.Intact and var wrong) return wrong;
        if (_number == 0) _first = _header;
        if (_isSealed || _header.Pieces != _first.Pieces || _header.KeyId != _first.KeyId) return EnvelopeState.Damaged;
        if (name.KeyId is { } expected && expected != _header.KeyId) return EnvelopeState.Damaged; // an entry of another key, or one in the clear, in this one's place
        ReadOnlySpan<byte> body = piece[_header.Length..];
        if (_header.Is(EnvelopeHeader.Encrypted))
        {
            if (encryption?.Find(_header.KeyId) is not { } key) return EnvelopeState.UnknownKey;
            if (!TryDecrypt(_cipher ??= key.CipherOf(name), piece[.._header.Length], ref body)) return EnvelopeState.Damaged;
        }

        return TryParse(body) ? EnvelopeState.Intact : EnvelopeState.Damaged;
    }

    private bool TryDecrypt(AesGcm cipher, ReadOnlySpan<byte> header, ref ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> nonce = body[..EnvelopeHeader.NonceBytes], tag = body.Slice(EnvelopeHeader.NonceBytes, EnvelopeHeader.TagBytes);
        body = body[_header.SealBytes..];
        Grow(ref _body, body.Length);
        try
        {
            cipher.Decrypt(nonce, body, tag, _body.AsSpan(0, body.Length), EnvelopeHeader.Binding(header, name, _number));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        body = _body.AsSpan(0, body.Length);
        return true;
    }

    private bool TryParse(ReadOnlySpan<byte> body)
    {
        bool isLast = _number == _header.Pieces - 1;
        int fixedBytes = 4 + (_number == 0 ? 4 : 0) + (isLast ? HashBytes : 0);
        if (body.Length < fixedBytes) return false;
        if (_number == 0)
        {
            Length = BinaryPrimitives.ReadInt32LittleEndian(body);
            body = body[4..];
        }

        ReadOnlySpan<byte> seal = isLast ? body[..HashBytes] : [];
        body = body[seal.Length..];
        _textBytes = BinaryPrimitives.ReadInt32LittleEndian(body);
        ReadOnlySpan<byte> payload = body[4..];
        if (Length < 0 || _textBytes is < 0 or > OriginalEnvelope.MaxPieceBytes || !TryDecompress(payload)) return false;
        _seal.AppendData(_text.AsSpan(0, _textBytes));
        _number++;
        if (!isLast) return true;
        _isSealed = true;
        return seal.SequenceEqual(_seal.GetHashAndReset());
    }

    private bool TryDecompress(ReadOnlySpan<byte> payload)
    {
        Grow(ref _text, _textBytes);
        if (_header.Is(EnvelopeHeader.Brotli)) return BrotliDecoder.TryDecompress(payload, _text.AsSpan(0, _textBytes), out int written) && written == _textBytes;
        if (payload.Length != _textBytes) return false;
        payload.CopyTo(_text);
        return true;
    }

    private static void Grow(ref byte[] buffer, int bytes)
    {
        if (buffer.Length >= bytes) return;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(bytes);
    }

    private static IncrementalHash Begin(EnvelopeName name)
    {
        var seal = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        seal.AppendData(name.Bytes.Span);
        return seal;
    }

    public void Dispose()
    {
        _seal.Dispose();
        _cipher?.Dispose();
        if (_body.Length > 0) ArrayPool<byte>.Shared.Return(_body);
        if (_text.Length > 0) ArrayPool<byte>.Shared.Return(_text);
    }
}
