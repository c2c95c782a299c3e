using System.Numerics;
using System.Runtime.InteropServices;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Decodes string tokens, long ones once: a conversation is sent again with every request, and comparing is ten times faster than decoding.</summary>
/// <remarks>
/// Thread-safe. What it returns is the same whether it remembers or not; a text it remembers is the same instance, which the engine then recognises at a glance.
/// Bounded: of two generations the older one goes when the younger is full, so that what is in use stays.
/// </remarks>
internal sealed class TokenTexts(long maxBytes = TokenTexts.DefaultMaxBytes)
{
    /// <summary>Bytes of tokens a generation holds: the results of some fifty long conversations. Their texts take twice as much.</summary>
    private const long DefaultMaxBytes = 32L * 1024 * 1024;

    /// <summary>Shorter tokens are decoded as fast as they are found.</summary>
    private const int Long = 256;

    /// <summary>Mixes a word into the hash; any large odd number does. A hash only finds a token, comparing decides.</summary>
    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly Lock _lock = new();
    private Dictionary<ulong, Known> _young = [];
    private Dictionary<ulong, Known> _old = [];
    private long _bytes;

    private sealed record Known(byte[] Token, string Text);

    /// <summary>The text of a string token, quotes included.</summary>
    public string Decode(ReadOnlySpan<byte> token)
    {
        if (token.Length < Long) return JsonText.Decode(token[1..^1]);
        ulong hash = HashOf(token);
        Known? known;
        lock (_lock)
        {
            if (!_young.TryGetValue(hash, out known) && _old.TryGetValue(hash, out known)) Remember(hash, known);
        }

        if (known is not null && token.SequenceEqual(known.Token)) return known.Text;
        known = new Known(token.ToArray(), JsonText.Decode(token[1..^1]));
        lock (_lock) Remember(hash, known);
        return known.Text;
    }

    private void Remember(ulong hash, Known known)
    {
        if (_bytes + known.Token.Length > maxBytes) (_young, _old, _bytes) = ([], _young, 0);
        if (_young.TryAdd(hash, known)) _bytes += known.Token.Length;
        else _young[hash] = known; // of two tokens with one hash the last is remembered
    }

    private static ulong HashOf(ReadOnlySpan<byte> token)
    {
        ulong hash = (ulong)token.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(token);
        foreach (ulong word in words) hash = (BitOperations.RotateLeft(hash, 5) ^ word) * Prime;
        foreach (byte rest in token[(words.Length * sizeof(ulong))..]) hash = (BitOperations.RotateLeft(hash, 5) ^ rest) * Prime;
        return hash;
    }
}
