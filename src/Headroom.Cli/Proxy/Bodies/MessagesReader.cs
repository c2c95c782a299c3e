using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Reads Anthropic's Messages: <c>tools</c>, <c>system</c>, <c>messages</c>.</summary>
internal static class MessagesReader
{
    public static void Read(JsonElement root, PromptBuilder prompt)
    {
        foreach (JsonElement tool in root.List("tools"))
        {
            prompt.Tool(tool, tool.Text("name"), tool.IsTrue("defer_loading"));
            if (IsBreakpoint(tool)) prompt.Breakpoint();
        }

        ReadContent(root.Field("system"), ItemRole.System, prompt);
        foreach (JsonElement message in root.List("messages"))
        {
            prompt.Message();
            ItemRole? role = message.Text("role") switch { "user" => ItemRole.User, "assistant" => ItemRole.Assistant, "system" => ItemRole.System, _ => null };
            if (role is { } known && message.IsClear("role", "content")) ReadContent(message.Field("content"), known, prompt);
        }
    }

    private static void ReadContent(JsonElement? content, ItemRole role, PromptBuilder prompt)
    {
        if (content is not { } value) return;
        prompt.Text(value, role);
        foreach (JsonElement block in value.Items())
        {
            switch (block.Text("type"))
            {
                case "text":
                    if (block.Field("text") is { } text) prompt.Text(text, role);
                    break;
                case "tool_result" when role == ItemRole.User && block.IsClear("type", "tool_use_id", "content", "is_error"):
                    ReadResult(block, prompt);
                    break;
                case "thinking" when role == ItemRole.Assistant:
                    prompt.Other(block.Field("thinking") ?? default);
                    break;
                case "tool_use" or "server_tool_use" or "mcp_tool_use" when role == ItemRole.Assistant:
                    prompt.Call(block, block.Text("id"), block.Text("name"), block.Field("input"));
                    break;
                case "mcp_tool_result" when role == ItemRole.Assistant:
                    (string? name, string? arguments) = prompt.CallOf(block.Text("tool_use_id"));
                    foreach (JsonElement part in block.List("content").Where(IsText)) prompt.ProvidersResult(part.Field("text") ?? default, name, arguments);
                    break;
            }

            if (IsBreakpoint(block)) prompt.Breakpoint();
        }
    }

    private static void ReadResult(JsonElement block, PromptBuilder prompt)
    {
        if (block.Field("content") is not { } content) return;
        string? callId = block.Text("tool_use_id");
        bool isError = block.IsTrue("is_error");
        prompt.Result(content, callId, isError: isError);
        foreach (JsonElement part in content.Items().Where(IsText))
        {
            if (part.IsClear("type", "text") && part.Field("text") is { } text) prompt.Result(text, callId, isError: isError);
            if (IsBreakpoint(part)) prompt.Breakpoint();
        }
    }

    private static bool IsBreakpoint(JsonElement block) => block.Object("cache_control") is not null;

    private static bool IsText(JsonElement part) => part.Text("type") == "text";
}
