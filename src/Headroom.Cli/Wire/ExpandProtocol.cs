using System.Buffers;

namespace Headroom.Cli.Wire;

/// <summary><c>expand --ndjson</c>: one reformatted text a line in, what it decodes to out.</summary>
internal sealed class ExpandProtocol(ConversationCompressor compressor)
{
    private static readonly string[] Names = ["id", "text"];

    public ValueTask AnswerAsync(byte[] line, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        Span<JsonSpan> values = stackalloc JsonSpan[2];
        JsonSpan.WholeObject(line).Members(line, Names, values);
        string text = values[1].TextOf(line) ?? throw new WireFormatException("no string member \"text\"; expected {\"id\",\"text\"}");
        answer.Write("{"u8);
        OutcomeJson.WriteId(answer, line, values[0]);
        answer.Write(",\"text\":"u8);
        JsonText.Write(answer, compressor.Expand(text));
        answer.Write("}"u8);
        return ValueTask.CompletedTask;
    }
}
