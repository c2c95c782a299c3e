using System.Buffers;

namespace Headroom.Cli.Wire;

/// <summary><c>compress --ndjson</c>: one text a line in, its outcome out.</summary>
internal sealed class ItemProtocol(ConversationCompressor compressor, ConversationContext context)
{
    private static readonly string[] Names = ["id", "text", "tool", "query"];

    public async ValueTask AnswerAsync(byte[] line, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        ContextItem item = Read(line, out JsonSpan id);
        ItemOutcome outcome = await compressor.CompressAsync(item, context, cancellationToken).ConfigureAwait(false);
        answer.Write("{"u8);
        OutcomeJson.WriteId(answer, line, id);
        answer.Write(",\"text\":"u8);
        JsonText.Write(answer, outcome.Text);
        answer.Write(","u8);
        OutcomeJson.WriteForm(answer, outcome);
        answer.Write(",\"kind\":"u8);
        JsonText.Write(answer, outcome.Kind);
        answer.Write(","u8);
        OutcomeJson.WriteFigures(answer, outcome);
        answer.Write("}"u8);
    }

    private static ContextItem Read(byte[] line, out JsonSpan id)
    {
        Span<JsonSpan> values = stackalloc JsonSpan[4];
        JsonSpan.WholeObject(line).Members(line, Names, values);
        id = values[0];
        string text = values[1].TextOf(line) ?? throw new WireFormatException("no string member \"text\"; expected {\"id\",\"text\",\"tool\"?,\"query\"?}");
        return new ContextItem { Text = text, ToolName = values[2].TextOf(line), Question = values[3].TextOf(line) };
    }
}
