using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Transcripts;

/// <summary>Reads chat messages: one a record, one conversation a record, or one request with its response a record.</summary>
internal sealed class ChatReader(TranscriptRecords records)
{
    private readonly ChatLog _log = new();

    /// <summary>Whether a record holds a conversation, or a request of one.</summary>
    public static bool IsConversation(JsonElement record) => record.IsArray("messages")
        || (record.Object("request") is { } request && (request.IsArray("messages") || request.Has("input")))
        || (record.IsArray("input") && (record.Has("model") || record.Has("response") || record.Has("output")));

    public List<RecordedConversation> Read()
    {
        ConversationBuilder? loose = null;
        foreach (TranscriptRecord record in records.Read())
        {
            if (record.Value.ValueKind == JsonValueKind.Array) ReadList(record);
            else if (IsConversation(record.Value)) ReadConversation(record);
            else if (MessageReader.Read(record.Value, record.Line) is { } message) AddTo(loose ??= new ConversationBuilder("1"), message, record.Value);
            else records.Broken(record.Line);
        }

        List<RecordedConversation> read = _log.Build();
        if (loose is not null) read.Insert(0, loose.Build());
        return read;
    }

    /// <summary>Adds a message that stands alone; of a turn of the model, with what stands beside it.</summary>
    public static void AddTo(ConversationBuilder builder, RecordedMessage message, JsonElement record)
    {
        if (message.Role != ItemRole.Assistant)
        {
            builder.Add(message);
            return;
        }

        JsonElement? response = record.Object("extra")?.Object("response") ?? record.Object("response"); // mini-SWE-agent keeps the whole response
        RecordedRequest request = builder.Answer(message);
        request.Usage = UsageReader.Read(record.Object("usage") ?? response?.Object("usage"));
        request.Model = record.Text("model") ?? response?.Text("model") ?? request.Model;
    }

    private void ReadList(TranscriptRecord record)
    {
        List<RecordedMessage> messages = Messages(record.Value.Items(), record.Line);
        _log.Add(messages, null, [], null, null);
    }

    private void ReadConversation(TranscriptRecord record)
    {
        JsonElement value = record.Value, request = value.Object("request") ?? value;
        JsonElement? response = value.Object("response") ?? value.Object("completion") ?? (value.IsArray("choices") || value.IsArray("output") ? value : null);
        RecordedMessage? answer = response is { } given ? Answer(given, record.Line) : null;
        List<RecordedMessage> messages = [.. Instructions(request, record.Line)];
        JsonElement input = request.Field("messages") ?? request.Field("input") ?? default;
        if (input.Text() is { } text) messages.Add(Message(ItemRole.User, record.Line, text));
        else messages.AddRange(request.IsArray("messages") ? Messages(input.Items(), record.Line) : ResponseItems(input.Items(), record.Line));
        DateTimeOffset? at = value.Moment("timestamp") ?? value.Moment("created_at") ?? request.Moment("timestamp")
            ?? response?.Moment("created") ?? response?.Moment("created_at");
        if (messages.Count > 0 && messages[^1].At is null && at is not null) messages[^1] = At(messages[^1], at);
        _log.Add(
            messages, answer, [.. request.List("tools").Select(MessageReader.Tool)],
            response?.Text("model") ?? request.Text("model") ?? value.Text("model"),
            UsageReader.Read(response?.Object("usage") ?? response?.Object("usageMetadata") ?? value.Object("usage")),
            value.Text("conversation_id") ?? value.Text("session_id") ?? value.Text("thread_id"));
    }

    private static IEnumerable<RecordedMessage> Instructions(JsonElement request, int line)
    {
        if (request.Text("instructions") is { Length: > 0 } instructions) yield return Message(ItemRole.System, line, instructions);
        RecordedMessage system = new(ItemRole.System, line);
        system.Parts.AddRange(MessageReader.Content(request.Field("system")));
        if (system.Parts.Count > 0) yield return system;
    }

    /// <summary>The answer of a response: OpenAI's choices or output, Anthropic's content, or a message as it is.</summary>
    private static RecordedMessage? Answer(JsonElement response, int line)
    {
        RecordedMessage answer = new(ItemRole.Assistant, line);
        if (response.List("choices").FirstOrDefault() is { ValueKind: JsonValueKind.Object } choice && choice.Object("message") is { } message)
            return MessageReader.Read(message, line) ?? answer;
        if (response.IsArray("output")) answer.Parts.AddRange(ResponseItems(response.List("output"), line).SelectMany(m => m.Parts));
        else if (MessageReader.Read(response, line) is { } whole) return whole;
        else answer.Parts.AddRange(MessageReader.Content(response.Field("content")));
        return answer;
    }

    private List<RecordedMessage> Messages(IEnumerable<JsonElement> elements, int line)
    {
        List<RecordedMessage> messages = [];
        int place = 0;
        foreach (JsonElement element in elements)
        {
            place++;
            if (MessageReader.Read(element, records.IsWhole ? place : line) is { } message) messages.Add(message);
        }

        return messages;
    }

    /// <summary>Items of the Responses interface as messages: what the model wrote in one go is one turn.</summary>
    private static List<RecordedMessage> ResponseItems(IEnumerable<JsonElement> items, int line)
    {
        List<RecordedMessage> messages = [];
        foreach (JsonElement item in items)
        {
            if (ResponseItemReader.Read(item, line) is not { } message) continue;
            if (message.Role == ItemRole.Assistant && messages.Count > 0 && messages[^1].Role == ItemRole.Assistant) messages[^1].Parts.AddRange(message.Parts);
            else messages.Add(message);
        }

        return messages;
    }

    private static RecordedMessage Message(ItemRole role, int line, string text)
    {
        var message = new RecordedMessage(role, line);
        message.Parts.Add(new RecordedPart(RecordedPartKind.Text, text));
        return message;
    }

    private static RecordedMessage At(RecordedMessage message, DateTimeOffset? at)
    {
        var timed = new RecordedMessage(message.Role, message.Line) { At = at };
        timed.Parts.AddRange(message.Parts);
        return timed;
    }
}
