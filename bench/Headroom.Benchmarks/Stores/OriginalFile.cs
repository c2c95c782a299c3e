using System.Runtime.InteropServices;
using System.Text;

namespace Headroom.Benchmarks.Stores;

/// <summary>The file format of one original, version 1: one byte that names the encoding, then the text.</summary>
internal static class OriginalFile
{
    /// <summary>UTF-8 follows.</summary>
    private const byte Utf8Version1 = 0x01;

    /// <summary>UTF-16, little endian, follows: for texts with lone surrogates, which UTF-8 cannot hold.</summary>
    private const byte Utf16Version1 = 0x02;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of the file for <paramref name="original"/>.</summary>
    public static byte[] Encode(string original)
    {
        try
        {
            byte[] bytes = new byte[1 + StrictUtf8.GetByteCount(original)];
            bytes[0] = Utf8Version1;
            StrictUtf8.GetBytes(original, bytes.AsSpan(1));
            return bytes;
        }
        catch (EncoderFallbackException)
        {
            return [Utf16Version1, .. MemoryMarshal.AsBytes(original.AsSpan())];
        }
    }

    /// <summary>The text of a file; <see langword="null"/> when it is not a whole file of a version this tool knows.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        ReadOnlySpan<byte> text = bytes[1..];
        try
        {
            return bytes[0] switch
            {
                Utf8Version1 => StrictUtf8.GetString(text),
                Utf16Version1 when text.Length % 2 == 0 => new string(MemoryMarshal.Cast<byte, char>(text)),
                _ => null,
            };
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
