using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Headroom.Tokens.BytePairs;

/// <summary>Up to 15 UTF-8 bytes, padded with zeros, and their number in the last byte: a short piece as a value.</summary>
internal readonly record struct PieceKey(ulong Low, ulong High)
{
    /// <summary>Most bytes that a key holds.</summary>
    internal const int MaxLength = 15;

    /// <summary>Bytes that must be readable where a key is made from.</summary>
    internal const int Window = 16;

    /// <summary>Number of bytes in the key.</summary>
    internal int Length => (int)(High >> 56);

    /// <summary>A well-mixed hash: its upper bits are used.</summary>
    internal ulong Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Odd multipliers with evenly spread bits (the golden ratio and a prime of xxHash).
            ulong mixed = (Low ^ (High * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15;
            return (mixed ^ (mixed >> 32)) * 0x9E3779B97F4A7C15;
        }
    }

    /// <summary>Key of <paramref name="length"/> bytes at <paramref name="offset"/>; <see cref="Window"/> bytes must be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static PieceKey FromBytes(ReadOnlySpan<byte> bytes, int offset, int length) =>
        From(Vector128.Create(bytes.Slice(offset, Window)), length);

    /// <summary>Key of <paramref name="length"/> chars, if they are ASCII and <see cref="Window"/> chars are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryFromAscii(ReadOnlySpan<char> text, int offset, int length, out PieceKey key)
    {
        ref ushort first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.Slice(offset, Window)));

        // Saturation keeps the upper bit set for every char that is not ASCII.
        Vector128<byte> bytes = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, 8));
        key = From(bytes, length);
        return ((key.Low | key.High) & 0x8080808080808080) == 0;
    }

    /// <summary>Writes the bytes, and zeros up to <see cref="Window"/>.</summary>
    internal void CopyTo(Span<byte> target)
    {
        MemoryMarshal.Write(target, Low);
        MemoryMarshal.Write(target[8..], High & 0x00FFFFFFFFFFFFFF);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PieceKey From(Vector128<byte> window, int length)
    {
        Vector128<ulong> kept = (window & Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length))).AsUInt64();
        return new PieceKey(kept.GetElement(0), kept.GetElement(1) | ((ulong)length << 56));
    }
}
