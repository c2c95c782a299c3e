using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Transcripts;

/// <summary>Reads chat messages as OpenAI's and Anthropic's interfaces write them. What is not text to a model is left out.</summary>
internal static class MessageReader
{
    /// <summary>The message; <see langword="null"/> where the value has no role that is known.</summary>
    public static RecordedMessage? Read(JsonElement message, int line, DateTimeOffset? at = null)
    {
        if (RoleOf(message.Text("role")) is not { } role) return null;
        var read = new RecordedMessage(role, line) { At = at ?? message.Moment("timestamp") ?? message.Moment("created_at") };
        if (role == ItemRole.Tool) ReadResult(read, message);
        else ReadTurn(read, message);
        return read;
    }

    /// <summary>The parts of a content: a text, or a list of blocks.</summary>
    public static IEnumerable<RecordedPart> Content(JsonElement? content)
    {
        if (content is not { } value) yield break;
        if (value.Text() is { } text)
        {
            if (text.Length > 0) yield return new RecordedPart(RecordedPartKind.Text, text);
            yield break;
        }

        foreach (JsonElement block in value.Items())
        {
            foreach (RecordedPart part in Block(block)) yield return part;
        }
    }

    /// <summary>A tool declaration as one text: what Headroom's own ledger counts of one.</summary>
    public static string Tool(JsonElement tool)
    {
        JsonElement function = tool.Object("function") ?? tool;
        JsonElement? schema = function.Field("parameters") ?? function.Field("input_schema") ?? function.Field("inputSchema");
        return $"{function.Text("name") ?? tool.Text("type")}\n{function.Text("description")}\n{schema?.GetRawText()}";
    }

    private static void ReadTurn(RecordedMessage read, JsonElement message)
    {
        if ((message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } reasoning)
            read.Parts.Add(new RecordedPart(RecordedPartKind.Reasoning, reasoning));
        read.Parts.AddRange(Content(message.Field("content")));
        foreach (JsonElement call in message.List("tool_calls"))
        {
            JsonElement function = call.Object("function") ?? call.Object("custom") ?? call;
            read.Parts.Add(Call(call.Text("id"), function.Text("name"), function.Field("arguments") ?? function.Field("input") ?? function.Field("args")));
        }

        if (message.Object("function_call") is { } old) read.Parts.Add(Call(null, old.Text("name"), old.Field("arguments")));
    }

    private static void ReadResult(RecordedMessage read, JsonElement message)
    {
        string? callId = message.Text("tool_call_id") ?? message.List("tool_call_ids").FirstOrDefault().Text();
        foreach (RecordedPart part in Content(message.Field("content")))
        {
            // A result inside a tool message (as some stacks nest them) keeps its own id.
            read.Parts.Add(part.Kind == RecordedPartKind.Result
                ? part
                : new RecordedPart(RecordedPartKind.Result, part.Text) { CallId = callId, Name = message.Text("name"), IsError = message.IsTrue("is_error") });
        }
    }

    private static IEnumerable<RecordedPart> Block(JsonElement block)
    {
        switch (block.Text("type"))
        {
            case "text" or "input_text" or "output_text" when block.Text("text") is { Length: > 0 } text:
                return [new RecordedPart(RecordedPartKind.Text, text)];
            case "refusal" when block.Text("refusal") is { Length: > 0 } refusal:
                return [new RecordedPart(RecordedPartKind.Text, refusal)];
            case "thinking" or "reasoning" when (block.Text("thinking") ?? block.Text("text")) is { Length: > 0 } thinking:
                return [new RecordedPart(RecordedPartKind.Reasoning, thinking)];
            case "tool_use" or "server_tool_use" or "mcp_tool_use":
                return [Call(block.Text("id"), block.Text("name"), block.Field("input"))];
            case "tool_result" or "mcp_tool_result":
                return Content(block.Field("content")).Where(p => p.Kind == RecordedPartKind.Text).Select(p =>
                    new RecordedPart(RecordedPartKind.Result, p.Text) { CallId = block.Text("tool_use_id"), IsError = block.IsTrue("is_error") });
            default:
                return [];
        }
    }

    private static RecordedPart Call(string? id, string? name, JsonElement? arguments) =>
        new(RecordedPartKind.Call, arguments?.Wire() ?? "") { CallId = id, Name = name };

    private static ItemRole? RoleOf(string? role) => role switch
    {
        "system" or "developer" => ItemRole.System,
        "user" or "human" => ItemRole.User,
        "assistant" or "ai" or "model" => ItemRole.Assistant,
        "tool" or "function" => ItemRole.Tool,
        _ => null,
    };
}
