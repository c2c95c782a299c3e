using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Headroom.Cli.Wire;

/// <summary>Reads and writes JSON strings without losing lone surrogates, which <c>System.Text.Json</c> refuses to decode and replaces when it encodes.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    /// <summary>Decodes what stands between the quotes of a valid JSON string token in valid UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\')) return Encoding.UTF8.GetString(escaped);
        char[] buffer = ArrayPool<char>.Shared.Rent(escaped.Length); // no escape is shorter than what it stands for
        try
        {
            int length = 0;
            while (!escaped.IsEmpty)
            {
                int plain = escaped.IndexOf((byte)'\\');
                if (plain < 0) plain = escaped.Length;
                length += Encoding.UTF8.GetChars(escaped[..plain], buffer.AsSpan(length));
                escaped = escaped[plain..];
                if (escaped.IsEmpty) break;
                (char value, int taken) = Unescape(escaped);
                buffer[length++] = value;
                escaped = escaped[taken..];
            }

            return new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>A text as a JSON string token.</summary>
    public static string Quote(string text)
    {
        var quoted = new ArrayBufferWriter<byte>(text.Length + 2);
        Write(quoted, text);
        return Encoding.UTF8.GetString(quoted.WrittenSpan);
    }

    /// <summary>Writes a JSON string token: raw UTF-8, with escapes only for control characters, quotes, backslashes and lone surrogates.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (!text.IsEmpty)
        {
            int plain = text.IndexOfAny(MustEscape);
            if (plain < 0) plain = text.Length;
            WritePlain(output, text[..plain]);
            if (plain == text.Length) break;
            WriteEscape(output, text[plain]);
            text = text[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    private static (char Value, int Taken) Unescape(ReadOnlySpan<byte> escape) => (char)escape[1] switch
    {
        'n' => ('\n', 2),
        't' => ('\t', 2),
        'r' => ('\r', 2),
        'b' => ('\b', 2),
        'f' => ('\f', 2),
        'u' => ((char)int.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 6),
        char itself => (itself, 2),
    };

    private static void WritePlain(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            // A few thousand characters at a time: the writer then never over-allocates for the worst case of three bytes each.
            ReadOnlySpan<char> chunk = text[..Math.Min(text.Length, 8 * 1024)];
            if (chunk.Length < text.Length && char.IsHighSurrogate(chunk[^1])) chunk = chunk[..^1];
            OperationStatus status = Utf8.FromUtf16(chunk, output.GetSpan(chunk.Length * 3), out int read, out int written, replaceInvalidSequences: false);
            output.Advance(written);
            text = text[read..];
            if (status != OperationStatus.InvalidData) continue;
            WriteEscape(output, text[0]); // half of a surrogate pair without its other half
            text = text[1..];
        }
    }

    private static void WriteEscape(IBufferWriter<byte> output, char value)
    {
        switch (value)
        {
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\r': output.Write("\\r"u8); break;
            case '\t': output.Write("\\t"u8); break;
            case '\b': output.Write("\\b"u8); break;
            case '\f': output.Write("\\f"u8); break;
            default:
                Span<byte> escape = output.GetSpan(6);
                "\\u"u8.CopyTo(escape);
                ((int)value).TryFormat(escape[2..], out _, "x4", CultureInfo.InvariantCulture);
                output.Advance(6);
                break;
        }
    }
}
