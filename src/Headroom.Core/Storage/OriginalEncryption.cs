using System.Security.Cryptography;

namespace Headroom.Storage;

/// <summary>Keys that a store encrypts originals with: AES-256-GCM. The newest writes, all of them read.</summary>
/// <remarks>
/// Immutable and thread-safe. To rotate, make the new key the newest and keep the old one with <see cref="WithOlder"/>: an original that is put again moves to the
/// newest key, and once the old key's entries have gone idle it can be left out. What was encrypted with a key that is no longer known cannot be read by anyone.
/// </remarks>
public sealed class OriginalEncryption
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>The longest name of a key: it stands in every piece of every entry.</summary>
    private const int MaxIdLength = 64;

    private readonly EnvelopeKey[] _keys;

    /// <summary>Encrypts with a key.</summary>
    /// <param name="keyId">Names the key, so that it is found again: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>. No secret: it is stored in the clear.</param>
    /// <param name="key">32 random bytes. Copied.</param>
    /// <exception cref="ArgumentException">The id is not of that form, or the key is not of that length.</exception>
    public OriginalEncryption(string keyId, ReadOnlySpan<byte> key)
        : this([Create(keyId, key)])
    {
    }

    private OriginalEncryption(EnvelopeKey[] keys) => _keys = keys;

    /// <summary>The ids of the keys, newest first.</summary>
    public IReadOnlyList<string> KeyIds => [.. _keys.Select(k => k.Id)];

    /// <summary>The same keys, and an older one that only reads.</summary>
    /// <param name="keyId">Names the key.</param>
    /// <param name="key">Its 32 bytes. Copied.</param>
    /// <exception cref="ArgumentException">The id is taken or not of the right form, or the key is not of the right length.</exception>
    public OriginalEncryption WithOlder(string keyId, ReadOnlySpan<byte> key)
    {
        EnvelopeKey older = Create(keyId, key);
        if (Find(keyId) is not null) throw new ArgumentException($"Two keys have the id {keyId}; give each its own.", nameof(keyId));
        return new OriginalEncryption([.. _keys, older]);
    }

    /// <summary>Names the keys, never shows them.</summary>
    public override string ToString() => "AES-256-GCM, keys " + string.Join(", ", KeyIds);

    internal IReadOnlyList<EnvelopeKey> Keys => _keys;

    internal EnvelopeKey? Find(string id) => Array.Find(_keys, k => string.Equals(k.Id, id, StringComparison.Ordinal));

    private static EnvelopeKey Create(string keyId, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        if (keyId.Length is 0 or > MaxIdLength || keyId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new ArgumentException($"The id of a key is 1 to {MaxIdLength} letters, digits, -, _ and . of ASCII.", nameof(keyId));
        if (key.Length != KeyBytes) throw new ArgumentException($"A key is {KeyBytes} bytes, not {key.Length}. Make one with RandomNumberGenerator.GetBytes({KeyBytes}).", nameof(key));
        if (!AesGcm.IsSupported) throw new ArgumentException("This platform has no AES-GCM; leave encryption to the disk or the database.", nameof(key));
        return new EnvelopeKey(keyId, key);
    }
}
