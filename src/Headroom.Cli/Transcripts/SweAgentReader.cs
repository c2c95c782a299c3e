using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Transcripts;

/// <summary>Reads trajectories of SWE-agent and mini-SWE-agent, whose observations are results even where they are written as messages of a user.</summary>
internal sealed class SweAgentReader(TranscriptRecords records)
{
    public List<RecordedConversation> Read()
    {
        List<RecordedConversation> read = [];
        foreach (TranscriptRecord record in records.Read())
        {
            ReportedUsage? total = Total(record.Value.Object("info")?.Object("model_stats"));
            read.AddRange(Conversations(record.Value).Select(c => c with { Total = total }));
        }

        return read;
    }

    private static List<RecordedConversation> Conversations(JsonElement trajectory)
    {
        string? model = trajectory.Object("info")?.Object("config")?.Object("model")?.Text("model_name");
        if (trajectory.IsArray("messages")) return [History(trajectory.List("messages"), model)];
        JsonElement[] steps = [.. trajectory.List("trajectory")];
        if (steps.Length > 0 && steps.All(s => s.IsArray("query") || s.IsArray("messages"))) return Requests(steps, model);
        if (trajectory.IsArray("history")) return [History(trajectory.List("history"), model)];
        return [Steps(steps, model)];
    }

    /// <summary>What was said, in order: one request before every turn.</summary>
    private static RecordedConversation History(IEnumerable<JsonElement> messages, string? model)
    {
        var builder = new ConversationBuilder("1") { Model = model };
        foreach ((RecordedMessage message, JsonElement record) in Messages(messages)) ChatReader.AddTo(builder, message, record);
        return builder.Build();
    }

    /// <summary>What was really sent, step by step: a history processor may have rewritten what came before.</summary>
    private static List<RecordedConversation> Requests(JsonElement[] steps, string? model)
    {
        var log = new ChatLog();
        for (int i = 0; i < steps.Length; i++)
        {
            List<RecordedMessage> sent = [.. Messages(steps[i].List(steps[i].IsArray("query") ? "query" : "messages")).Select(m => m.Message)];
            log.Add(sent, Answer(steps[i], i + 1), [], model, null, "1");
        }

        return log.Build();
    }

    /// <summary>Steps alone: what the model answered and what came of it.</summary>
    private static RecordedConversation Steps(JsonElement[] steps, string? model)
    {
        var builder = new ConversationBuilder("1") { Model = model };
        for (int i = 0; i < steps.Length; i++)
        {
            builder.Answer(Answer(steps[i], i + 1));
            if (steps[i].Text("observation") is { Length: > 0 } observation) builder.Add(Result(observation, Command(steps[i]), null, i + 1));
        }

        return builder.Build();
    }

    private static IEnumerable<(RecordedMessage Message, JsonElement Record)> Messages(IEnumerable<JsonElement> elements)
    {
        string? command = null;
        bool answered = false;
        int place = 0;
        foreach (JsonElement element in elements)
        {
            place++;
            if (MessageReader.Read(element, place) is not { } message) continue;
            if (message.Role == ItemRole.Assistant) (command, answered) = (Command(element) ?? "bash", true);
            bool isObservation = element.Text("message_type") is { } type ? type == "observation" && answered : answered;
            yield return (message.Role == ItemRole.User && isObservation ? AsResult(message, command) : message, element);
        }
    }

    private static RecordedMessage AsResult(RecordedMessage message, string? tool)
    {
        var result = new RecordedMessage(ItemRole.Tool, message.Line) { At = message.At };
        result.Parts.AddRange(message.Parts.Select(p => p with { Kind = RecordedPartKind.Result, Name = tool }));
        return result;
    }

    private static RecordedMessage Answer(JsonElement step, int place)
    {
        var answer = new RecordedMessage(ItemRole.Assistant, place);
        string text = step.Text("response") ?? step.Text("thought") ?? "";
        if (text.Length > 0) answer.Parts.Add(new RecordedPart(RecordedPartKind.Text, text));
        // Where the response is the thought alone, the action was written as a call.
        if (step.Text("action") is { Length: > 0 } action && !text.Contains(action.Trim(), StringComparison.Ordinal))
            answer.Parts.Add(new RecordedPart(RecordedPartKind.Call, action) { Name = Command(step) });
        return answer;
    }

    private static RecordedMessage Result(string text, string? tool, string? callId, int place)
    {
        var result = new RecordedMessage(ItemRole.Tool, place);
        result.Parts.Add(new RecordedPart(RecordedPartKind.Result, text) { Name = tool, CallId = callId });
        return result;
    }

    /// <summary>The command of an action: its first word.</summary>
    private static string? Command(JsonElement step)
    {
        string action = step.Text("action")?.TrimStart() ?? "";
        int end = action.AsSpan().IndexOfAny(" \t\r\n");
        string command = end < 0 ? action : action[..end];
        return command.Length is > 0 and <= 64 ? command : null;
    }

    private static ReportedUsage? Total(JsonElement? stats) => stats?.Count("tokens_sent") is { } sent and > 0
        ? new ReportedUsage(sent, 0, 0, stats?.Count("tokens_received") ?? 0)
        : null;
}
