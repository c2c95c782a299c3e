using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Headroom.Storage;

/// <summary>The name of an entry in a durable store: 32 bytes made of scope and id that tell neither.</summary>
/// <remarks>Immutable. Made by <see cref="OriginalEnvelope.NamesOf"/>, or from bytes that a store holds.</remarks>
public sealed class EnvelopeName
{
    /// <summary>Bytes of a name.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    private EnvelopeName(byte[] bytes, string? keyId)
    {
        _bytes = bytes;
        KeyId = keyId;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The key an entry of this name must be encrypted with; empty for none, <see langword="null"/> where that is not known.</summary>
    internal string? KeyId { get; }

    /// <summary>The name with these bytes, as a store holds them.</summary>
    /// <exception cref="ArgumentException">They are not 32 bytes.</exception>
    public static EnvelopeName FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length ? new(bytes.ToArray(), null) : throw new ArgumentException($"A name is {Length} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>The bytes as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    internal static EnvelopeName Of(OriginalKey key, EnvelopeKey? secret)
    {
        byte[] message = Message(key);
        return secret is null ? new(SHA256.HashData(message), "") : new(secret.NameOf(message), secret.Id);
    }

    /// <summary>Scope and id as bytes. The length of the scope goes before it, so that the two never run together.</summary>
    private static byte[] Message(OriginalKey key)
    {
        ReadOnlySpan<byte> prefix = "headroom name 1"u8;
        byte[] message = new byte[prefix.Length + 4 + 2 * (key.Scope.Length + key.Id.Length)];
        prefix.CopyTo(message);
        Span<byte> rest = message.AsSpan(prefix.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest, key.Scope.Length);
        EnvelopeText.WriteUtf16(key.Scope, rest[4..]);
        EnvelopeText.WriteUtf16(key.Id, rest[(4 + 2 * key.Scope.Length)..]);
        return message;
    }
}
