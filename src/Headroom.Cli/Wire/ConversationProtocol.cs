using System.Buffers;

namespace Headroom.Cli.Wire;

/// <summary>
/// <c>compress --conversations</c>: one conversation a line in; the same messages out, in which only texts of tool messages differ.
/// New texts are spliced in place of the string tokens they replace; every other byte of the messages is copied.
/// </summary>
internal sealed class ConversationProtocol(ConversationCompressor compressor, ConversationContext context)
{
    private static readonly string[] Names = ["id", "messages"];

    public async ValueTask AnswerAsync(byte[] line, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        Conversation conversation = Read(line);
        ContextItem[] items = [.. conversation.Texts.Select(t => t.Item)];
        IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync(items, context, cancellationToken).ConfigureAwait(false);
        Write(line, conversation, outcomes, answer);
    }

    private sealed record Conversation(JsonSpan Id, JsonSpan Messages, List<MessageText> Texts);

    private static Conversation Read(byte[] line)
    {
        Span<JsonSpan> values = stackalloc JsonSpan[2];
        JsonSpan.WholeObject(line).Members(line, Names, values);
        if (values[1].Kind != System.Text.Json.JsonTokenType.StartArray)
            throw new WireFormatException("no array member \"messages\"; expected {\"id\",\"messages\":[…]}");
        return new Conversation(values[0], values[1], new ChatMessages(line).Read(values[1]));
    }

    private static void Write(ReadOnlySpan<byte> line, Conversation conversation, IReadOnlyList<ItemOutcome> outcomes, IBufferWriter<byte> answer)
    {
        answer.Write("{"u8);
        OutcomeJson.WriteId(answer, line, conversation.Id);
        answer.Write(",\"messages\":"u8);
        int copied = conversation.Messages.Start;
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Form == ItemForm.Unchanged) continue;
            JsonSpan token = conversation.Texts[i].Token;
            answer.Write(line[copied..token.Start]);
            JsonText.Write(answer, outcomes[i].Text);
            copied = token.Start + token.Length;
        }

        answer.Write(line[copied..(conversation.Messages.Start + conversation.Messages.Length)]);
        WriteOutcomes(conversation, outcomes, answer);
        answer.Write("}"u8);
    }

    private static void WriteOutcomes(Conversation conversation, IReadOnlyList<ItemOutcome> outcomes, IBufferWriter<byte> answer)
    {
        answer.Write(",\"outcomes\":["u8);
        bool first = true;
        for (int i = 0; i < outcomes.Count; i++)
        {
            MessageText text = conversation.Texts[i];
            if (text.Item.Role != ItemRole.Tool) continue;
            answer.Write(first ? "{\"index\":"u8 : ",{\"index\":"u8);
            first = false;
            OutcomeJson.WriteNumber(answer, text.MessageIndex);
            if (text.PartIndex is { } part)
            {
                answer.Write(",\"part\":"u8);
                OutcomeJson.WriteNumber(answer, part);
            }

            answer.Write(","u8);
            OutcomeJson.WriteForm(answer, outcomes[i]);
            answer.Write(","u8);
            OutcomeJson.WriteFigures(answer, outcomes[i]);
            answer.Write("}"u8);
        }

        answer.Write("]"u8);
    }
}
