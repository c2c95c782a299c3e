using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Headroom.Economics;

/// <summary>Decides which conversations are held out. Pure: the same on every machine and after every restart.</summary>
public static class HoldOut
{
    /// <summary>Goes before every name, so that this choice has nothing to do with others that are made by a hash of the same name.</summary>
    private const string Salt = "headroom hold-out\0";

    /// <summary>Whether a conversation is held out.</summary>
    /// <param name="conversation">What tells the conversation from others; it must not change as long as it lasts.</param>
    /// <param name="share">The share of conversations to hold out, 0 to 1.</param>
    public static bool Contains(string conversation, double share)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (!(share > 0)) return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(Salt + conversation), hash);
        // 53 bits, all that a double holds, make a number from 0 up to, but never, 1.
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * (1.0 / (1UL << 53)) < share;
    }
}
