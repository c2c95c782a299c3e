using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Headroom.Storage;

/// <summary>Characters as bytes and back: UTF-8, or UTF-16 (little endian) for text with half surrogate pairs, which UTF-8 cannot hold.</summary>
internal static class EnvelopeText
{
    /// <summary>The most bytes one character takes.</summary>
    public const int MaxBytesPerCharacter = 3;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes text as UTF-8 where it can be, and says which it was.</summary>
    public static int Write(ReadOnlySpan<char> text, Span<byte> bytes, out bool isUtf16)
    {
        isUtf16 = HasHalfPair(text);
        if (!isUtf16) return s_strictUtf8.GetBytes(text, bytes);
        WriteUtf16(text, bytes);
        return 2 * text.Length;
    }

    /// <summary>Reads text back. <see langword="false"/> where the bytes are no text of that form, or more than there is room for.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, bool isUtf16, Span<char> text, out int characters)
    {
        characters = 0;
        if (!isUtf16)
        {
            try
            {
                return s_strictUtf8.TryGetChars(bytes, text, out characters);
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }

        if (bytes.Length % 2 != 0 || bytes.Length / 2 > text.Length) return false;
        characters = bytes.Length / 2;
        Span<ushort> units = MemoryMarshal.Cast<char, ushort>(text[..characters]);
        bytes.CopyTo(MemoryMarshal.AsBytes(units));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(units, units);
        return true;
    }

    public static void WriteUtf16(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (int i = 0; i < text.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], text[i]);
    }

    private static bool HasHalfPair(ReadOnlySpan<char> text)
    {
        for (int at = 0; ;)
        {
            int next = text[at..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (next < 0) return false;
            at += next;
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return true;
            at += 2;
        }
    }
}
