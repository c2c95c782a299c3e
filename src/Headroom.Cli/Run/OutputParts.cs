using System.Buffers;
using System.Text.Json;

namespace Headroom.Cli.Run;

/// <summary>Collects an output that is printed in parts, and says where one may end: behind a whole line, and behind a whole document where it is one.</summary>
internal sealed class OutputParts
{
    /// <summary>While bytes come, a part that is held is looked at again when it has doubled: the work stays in proportion to the bytes.</summary>
    private const int Growth = 2;

    private readonly ArrayBufferWriter<byte> _pending = new();
    private int _looked;

    /// <summary>How many bytes wait.</summary>
    public int Length => _pending.WrittenCount;

    public void Add(ReadOnlySpan<byte> bytes) => _pending.Write(bytes);

    /// <summary>The whole lines that wait; empty where there is none, or the document they begin goes on.</summary>
    /// <param name="isQuiet">Nothing comes for now, so that one more look costs nobody anything.</param>
    public byte[] TakeLines(bool isQuiet)
    {
        if (Length < (isQuiet ? _looked + 1 : _looked * Growth)) return [];
        ReadOnlySpan<byte> pending = _pending.WrittenSpan;
        int end = pending.LastIndexOf((byte)'\n') + 1;
        if (end == 0 || IsUnfinished(pending[..end]))
        {
            _looked = Length;
            return [];
        }

        byte[] part = pending[..end].ToArray(), rest = pending[end..].ToArray();
        _ = TakeAll();
        Add(rest);
        return part;
    }

    /// <summary>Everything that waits.</summary>
    public byte[] TakeAll()
    {
        byte[] all = _pending.WrittenSpan.ToArray();
        _pending.ResetWrittenCount();
        _looked = 0;
        return all;
    }

    /// <summary>Whether it begins a document that reads as nothing before its end: JSON over several lines, a page, XML.</summary>
    private static bool IsUnfinished(ReadOnlySpan<byte> lines)
    {
        ReadOnlySpan<byte> text = lines.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return false;
        return text[0] switch
        {
            (byte)'<' => true, // where it ends is not worth a parser: a page is printed at once
            (byte)'{' or (byte)'[' => IsUnfinishedJson(text),
            _ => false,
        };
    }

    /// <summary>Valid as far as it goes, and open at the end. What begins like JSON and is not (<c>[INFO] …</c>) is lines.</summary>
    private static bool IsUnfinishedJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 1_000 }));
        try
        {
            while (reader.Read())
            {
            }

            return reader.CurrentDepth > 0 || !text[(int)reader.BytesConsumed..].TrimStart(" \t\r\n"u8).IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
