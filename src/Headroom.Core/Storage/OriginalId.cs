using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Headroom.Storage;

/// <summary>Makes the short id under which an original can be fetched back: base32 of the SHA-256 of its UTF-8 bytes, shortened.</summary>
public static class OriginalId
{
    /// <summary>Characters of an id: 10 characters of base32 are 50 bits, so among a million originals of one scope a collision has odds of 1 in 2,000.</summary>
    public const int DefaultLength = 10;

    /// <summary>The longest id: 250 of the 256 bits of the hash.</summary>
    public const int MaxLength = 50;

    /// <summary>Crockford's base32 alphabet in lower case: no i, l, o or u, which models and people misread.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly SearchValues<char> AlphabetSet = SearchValues.Create(Alphabet);

    /// <summary>The id of <paramref name="original"/>.</summary>
    /// <param name="original">The original text.</param>
    /// <param name="length">Characters of the id, 10 to 50: longer where a shorter one is already taken by another original.</param>
    public static string Compute(string original, int length = DefaultLength)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, DefaultLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Span<byte> hash = stackalloc byte[32];
        HashUtf8(original, hash);
        Span<char> id = stackalloc char[length];
        for (int i = 0; i < length; i++) id[i] = Alphabet[FiveBits(hash, i * 5)];
        return new string(id);
    }

    /// <summary>Whether <paramref name="text"/> has the form of an id.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        text.Length is >= DefaultLength and <= MaxLength && text.IndexOfAnyExcept(AlphabetSet) < 0;

    /// <summary>How many characters the id at the start of <paramref name="text"/> takes; 0 when there is none, or what stands there is too short or too long.</summary>
    internal static int LengthAtStart(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(AlphabetSet);
        if (length < 0) length = text.Length;
        return length is >= DefaultLength and <= MaxLength ? length : 0;
    }

    private static int FiveBits(ReadOnlySpan<byte> hash, int bit)
    {
        int pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[bit / 8 + 1] : 0);
        return (pair >> (11 - bit % 8)) & 31;
    }

    private static void HashUtf8(string text, Span<byte> hash)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[3 * 1024];
        for (int at = 0; at < text.Length;)
        {
            int take = Math.Min(1024, text.Length - at);
            if (take > 1 && at + take < text.Length && char.IsHighSurrogate(text[at + take - 1])) take--;
            sha.AppendData(buffer[..Encoding.UTF8.GetBytes(text.AsSpan(at, take), buffer)]);
            at += take;
        }

        sha.GetHashAndReset(hash);
    }
}
