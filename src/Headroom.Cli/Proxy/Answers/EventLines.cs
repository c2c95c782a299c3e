using System.Buffers;
using System.Text.Json;

namespace Headroom.Cli.Proxy.Answers;

/// <summary>Reads the data lines of an event stream along, wherever the network cuts them.</summary>
internal sealed class EventLines(AnswerReader answer) : IAnswerText
{
    /// <summary>A longer line is not read: the longest, the last of a Responses stream, repeats the whole answer.</summary>
    private const int MaxLine = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private bool _isTooLong;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = end < 0 ? bytes : bytes[..end];
            if (_line.WrittenCount + piece.Length > MaxLine) _isTooLong = true;
            else _line.Write(piece);
            if (end < 0) return;
            bytes = bytes[(end + 1)..];
            if (!_isTooLong) Line(_line.WrittenMemory);
            _line.ResetWrittenCount();
            _isTooLong = false;
        }
    }

    public void End()
    {
        if (!_isTooLong) Line(_line.WrittenMemory);
    }

    private void Line(ReadOnlyMemory<byte> line)
    {
        if (!line.Span.StartsWith("data:"u8) || !MayMatter(line.Span)) return;
        ReadOnlyMemory<byte> data = line[5..];
        if (data.Span.TrimStart((byte)' ') is not [(byte)'{', ..]) return;
        using JsonDocument value = JsonDocument.Parse(data);
        answer.Read(value.RootElement);
    }

    /// <summary>Most events carry a word or two of the answer and nothing that is counted.</summary>
    private static bool MayMatter(ReadOnlySpan<byte> line) =>
        line.IndexOf("\"usage\""u8) >= 0 || line.IndexOf("\"tool_use\""u8) >= 0 || line.IndexOf("\"partial_json\""u8) >= 0
        || line.IndexOf("\"tool_calls\""u8) >= 0 || line.IndexOf("_item.done"u8) >= 0;
}
