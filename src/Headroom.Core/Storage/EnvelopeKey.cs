using System.Security.Cryptography;

namespace Headroom.Storage;

/// <summary>One key, and what is derived from it: a key for names, and one for each entry, so that no key ever encrypts many pieces.</summary>
internal sealed class EnvelopeKey
{
    private readonly byte[] _master;
    private readonly byte[] _names;

    public EnvelopeKey(string id, ReadOnlySpan<byte> key)
    {
        Id = id;
        _master = key.ToArray();
        _names = HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: "headroom names 1"u8.ToArray());
    }

    public string Id { get; }

    /// <summary>The name of an entry: without the key nobody can tell which scope and id it stands for, nor whether a guess is right.</summary>
    public byte[] NameOf(ReadOnlySpan<byte> scopeAndId) => HMACSHA256.HashData(_names, scopeAndId);

    /// <summary>The cipher of an entry.</summary>
    public AesGcm CipherOf(EnvelopeName name)
    {
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, key, salt: [], info: [.. "headroom entry 1"u8, .. name.Bytes.Span]);
        var cipher = new AesGcm(key, EnvelopeHeader.TagBytes);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }

    public override string ToString() => Id;
}
