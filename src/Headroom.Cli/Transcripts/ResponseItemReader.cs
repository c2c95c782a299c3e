using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Transcripts;

/// <summary>Reads items of OpenAI's Responses interface: what Codex writes, and what is in <c>input</c> and <c>output</c> of recorded requests.</summary>
internal static class ResponseItemReader
{
    /// <summary>The item as a message of one turn; <see langword="null"/> where it is nothing a model reads as text.</summary>
    public static RecordedMessage? Read(JsonElement item, int line, DateTimeOffset? at = null)
    {
        string? type = item.Text("type");
        if (type is null or "message") return MessageReader.Read(item, line, at);
        (ItemRole Role, RecordedPart? Part) read = type switch
        {
            "reasoning" => (ItemRole.Assistant, Reasoning(item)),
            "function_call" or "custom_tool_call" or "mcp_call" => (ItemRole.Assistant, Call(item, item.Text("name"), item.Field("arguments") ?? item.Field("input"))),
            "local_shell_call" => (ItemRole.Assistant, Call(item, "local_shell", item.Field("action"))),
            "web_search_call" => (ItemRole.Assistant, Call(item, "web_search", item.Field("action"))),
            "tool_search_call" => (ItemRole.Assistant, Call(item, "tool_search", item.Field("arguments"))),
            "tool_search_output" => (ItemRole.Tool, Result(item, item.Field("tools")?.GetRawText())),
            _ when type.EndsWith("_call_output", StringComparison.Ordinal) => (ItemRole.Tool, Result(item, Output(item.Field("output")))),
            _ => (ItemRole.Assistant, null),
        };
        if (read.Part is null) return null;
        var message = new RecordedMessage(read.Role, line) { At = at };
        message.Parts.Add(read.Part);
        return message;
    }

    /// <summary>Whether an item is something the model wrote.</summary>
    public static bool IsOfModel(JsonElement item) => item.Text("type") switch
    {
        null or "message" => item.Text("role") == "assistant",
        string type => type == "reasoning" || type.EndsWith("_call", StringComparison.Ordinal),
    };

    private static RecordedPart? Reasoning(JsonElement item)
    {
        // What is encrypted is billed, but no text of it can be seen.
        string text = string.Join('\n', item.List("content").Concat(item.List("summary")).Select(p => p.Text("text")).Where(t => t is { Length: > 0 }));
        return text.Length > 0 ? new RecordedPart(RecordedPartKind.Reasoning, text) : null;
    }

    private static RecordedPart Call(JsonElement item, string? name, JsonElement? arguments) =>
        new(RecordedPartKind.Call, arguments?.Wire() ?? "") { CallId = item.Text("call_id") ?? item.Text("id"), Name = name };

    private static RecordedPart? Result(JsonElement item, string? text) =>
        text is { Length: > 0 } ? new RecordedPart(RecordedPartKind.Result, text) { CallId = item.Text("call_id"), Name = item.Text("name") } : null;

    /// <summary>An output is a text, one block, a list of blocks, or (in early rollouts) an object around a text.</summary>
    private static string? Output(JsonElement? output) => output switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } blocks => string.Concat(blocks.Items().Select(b => b.Text("text"))),
        { ValueKind: JsonValueKind.Object } value => value.Text("text") ?? value.Text("content") ?? value.GetRawText(),
        { } value => value.Wire(),
    };
}
