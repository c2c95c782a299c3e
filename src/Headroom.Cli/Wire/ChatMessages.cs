using System.Text.Json;

namespace Headroom.Cli.Wire;

/// <summary>Finds the texts of OpenAI-style chat messages, and ties tool results to their calls.</summary>
/// <remarks>What is not understood (unknown roles, part types, members, values of an unexpected type) is left where it is: it is no item.</remarks>
internal sealed class ChatMessages(byte[] line)
{
    private static readonly string[] MessageNames = ["role", "content", "tool_calls", "tool_call_id", "name", "is_error"];
    private static readonly string[] PartNames = ["type", "text"];
    private static readonly string[] CallNames = ["id", "function"];
    private static readonly string[] FunctionNames = ["name", "arguments"];

    private readonly Dictionary<string, (string? Name, string? Arguments)> _calls = new(StringComparer.Ordinal);
    private readonly List<MessageText> _texts = [];

    /// <summary>The texts of a messages array, in order.</summary>
    public List<MessageText> Read(JsonSpan messages)
    {
        int index = 0;
        foreach (JsonSpan message in messages.Elements(line)) ReadMessage(message, index++);
        return _texts;
    }

    private void ReadMessage(JsonSpan message, int index)
    {
        Span<JsonSpan> values = stackalloc JsonSpan[6];
        message.Members(line, MessageNames, values);
        if (RoleOf(values[0].TextOf(line)) is not { } role) return;
        ContextItem item = new() { Text = "", Role = role };
        if (role == ItemRole.Tool)
        {
            string? callId = values[3].TextOf(line);
            (string? name, string? arguments) = callId is not null && _calls.TryGetValue(callId, out var call) ? call : default;
            item = item with
            {
                CallId = callId,
                ToolName = name ?? values[4].TextOf(line),
                Arguments = arguments,
                IsError = values[5].Kind == JsonTokenType.True,
            };
        }

        ReadContent(values[1], index, item);
        foreach (JsonSpan call in values[2].Elements(line)) ReadCall(call);
    }

    private void ReadContent(JsonSpan content, int index, ContextItem item)
    {
        if (content.TextOf(line) is { } text)
        {
            _texts.Add(new MessageText(index, null, content, item with { Text = text }));
            return;
        }

        Span<JsonSpan> values = stackalloc JsonSpan[2];
        int part = 0;
        foreach (JsonSpan element in content.Elements(line))
        {
            element.Members(line, PartNames, values);
            if (values[0].TextOf(line) == "text" && values[1].TextOf(line) is { } partText)
                _texts.Add(new MessageText(index, part, values[1], item with { Text = partText }));
            part++;
        }
    }

    private void ReadCall(JsonSpan call)
    {
        Span<JsonSpan> values = stackalloc JsonSpan[2];
        call.Members(line, CallNames, values);
        if (values[0].TextOf(line) is not { } id) return;
        Span<JsonSpan> function = stackalloc JsonSpan[2];
        values[1].Members(line, FunctionNames, function);
        _calls[id] = (function[0].TextOf(line), function[1].TextOf(line));
    }

    private static ItemRole? RoleOf(string? role) => role switch
    {
        "system" or "developer" => ItemRole.System,
        "user" => ItemRole.User,
        "assistant" => ItemRole.Assistant,
        "tool" => ItemRole.Tool,
        _ => null,
    };
}
