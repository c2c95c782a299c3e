using System.Buffers.Binary;
using System.Text;

namespace Headroom.Storage;

/// <summary>What stands in the clear before every piece: version, form, how many pieces there are, and the key. docs/stores.md has the layout.</summary>
internal readonly record struct EnvelopeHeader(byte Flags, int Pieces, string KeyId)
{
    public const byte Brotli = 1;
    public const byte Utf16 = 2;
    public const byte Encrypted = 4;
    private const byte Known = Brotli | Utf16 | Encrypted;

    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    /// <summary>Version, flags, number of pieces, length of the key's id.</summary>
    private const int FixedBytes = 7;

    /// <summary>Versions beyond are damage rather than the future.</summary>
    private const int LastPlausibleVersion = 15;

    public bool Is(byte flag) => (Flags & flag) != 0;

    /// <summary>Bytes of the header, the key's id included; nonce and tag follow it where the piece is encrypted.</summary>
    public int Length => FixedBytes + KeyId.Length;

    public int SealBytes => Is(Encrypted) ? NonceBytes + TagBytes : 0;

    public void Write(Span<byte> piece)
    {
        piece[0] = OriginalEnvelope.FormatVersion;
        piece[1] = Flags;
        BinaryPrimitives.WriteInt32LittleEndian(piece[2..], Pieces);
        piece[6] = (byte)KeyId.Length;
        Encoding.ASCII.GetBytes(KeyId, piece[FixedBytes..]);
    }

    public static EnvelopeState TryRead(ReadOnlySpan<byte> piece, out EnvelopeHeader header)
    {
        header = default;
        if (piece.IsEmpty || piece[0] is 0 or > LastPlausibleVersion) return EnvelopeState.Damaged;
        if (piece[0] > OriginalEnvelope.FormatVersion) return EnvelopeState.NewerFormat;
        if (piece.Length < FixedBytes || piece.Length < FixedBytes + piece[6] || (piece[1] & ~Known) != 0) return EnvelopeState.Damaged;
        header = new EnvelopeHeader(piece[1], BinaryPrimitives.ReadInt32LittleEndian(piece[2..]), Encoding.ASCII.GetString(piece.Slice(FixedBytes, piece[6])));
        bool isWhole = header.Pieces > 0 && header.Is(Encrypted) == header.KeyId.Length > 0 && piece.Length >= header.Length + header.SealBytes;
        return isWhole ? EnvelopeState.Intact : EnvelopeState.Damaged;
    }

    /// <summary>What encryption binds a piece to: its header, its entry and its number, so that pieces cannot be exchanged.</summary>
    public static byte[] Binding(ReadOnlySpan<byte> header, EnvelopeName name, int number)
    {
        byte[] binding = new byte[header.Length + EnvelopeName.Length + 4];
        header.CopyTo(binding);
        name.Bytes.Span.CopyTo(binding.AsSpan(header.Length));
        BinaryPrimitives.WriteInt32LittleEndian(binding.AsSpan(header.Length + EnvelopeName.Length), number);
        return binding;
    }
}
