using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Reads OpenAI's Responses: <c>tools</c>, <c>instructions</c>, <c>input</c>, which may bring tools too.</summary>
internal static class ResponsesReader
{
    /// <returns>Whether an item stands for one the provider keeps.</returns>
    public static bool Read(JsonElement root, PromptBuilder prompt)
    {
        foreach (JsonElement tool in root.List("tools")) ReadTool(tool, prompt);
        if (root.Field("instructions") is { } instructions) prompt.Text(instructions, ItemRole.System);
        if (root.Field("input") is not { } input) return false;
        if (input.ValueKind == JsonValueKind.String) prompt.Message();
        prompt.Text(input, ItemRole.User);
        bool refersBack = false;
        foreach (JsonElement item in input.Items())
        {
            prompt.Message();
            if (item.ValueKind != JsonValueKind.Object || !item.IsClear("type", "role", "content", "call_id", "output")) continue;
            refersBack |= item.Text("type") == "item_reference";
            ReadItem(item, prompt);
        }

        return refersBack;
    }

    private static void ReadTool(JsonElement tool, PromptBuilder prompt)
    {
        if (tool.Text("type") != "namespace")
        {
            prompt.Tool(tool, tool.Text("name") ?? tool.Object("function")?.Text("name"), tool.IsTrue("defer_loading"));
            return;
        }

        foreach (JsonElement inner in tool.List("tools")) prompt.Tool(inner, inner.Text("name"), tool.IsTrue("defer_loading") || inner.IsTrue("defer_loading"));
    }

    private static void ReadItem(JsonElement item, PromptBuilder prompt)
    {
        string? callId = item.Text("call_id");
        switch (item.Text("type"))
        {
            case null or "message":
                ReadMessage(item, prompt);
                break;
            case "additional_tools" when !prompt.HasResults && item.IsClear("tools"): // later ones would change what was sent for the results before them
                foreach (JsonElement tool in item.List("tools")) ReadTool(tool, prompt);
                break;
            case "reasoning":
                prompt.Other(default);
                foreach (JsonElement part in item.List("summary").Concat(item.List("content"))) prompt.Other(part.Field("text") ?? default);
                break;
            case "function_call" or "custom_tool_call":
                prompt.Call(item, callId, item.Text("name"), item.Field("arguments") ?? item.Field("input"));
                break;
            case "local_shell_call" or "shell_call":
                prompt.Call(item, callId ?? item.Text("id"), "shell", item.Field("action"));
                break;
            case "apply_patch_call":
                prompt.Call(item, callId, "apply_patch", item.Field("operation"));
                break;
            case "mcp_call": // run by the provider inside the turn, which has read it
                prompt.Call(item, null, item.Text("name"), item.Field("arguments"));
                prompt.ProvidersResult(item.Field("output") ?? default, item.Text("name"), item.Text("arguments"));
                break;
            case "function_call_output" or "custom_tool_call_output" or "apply_patch_call_output" or "local_shell_call_output":
                ReadOutput(item.Field("output"), callId ?? item.Text("id"), item.Text("status") == "failed", prompt);
                break;
            case "shell_call_output":
                foreach (JsonElement part in item.List("output")) ReadShell(part, callId, prompt);
                break;
        }
    }

    private static void ReadMessage(JsonElement message, PromptBuilder prompt)
    {
        ItemRole? role = message.Text("role") switch
        {
            "system" or "developer" => ItemRole.System,
            "user" => ItemRole.User,
            "assistant" => ItemRole.Assistant,
            _ => null,
        };
        if (role is not { } known || message.Field("content") is not { } content) return;
        prompt.Text(content, known);
        foreach (JsonElement part in content.Items())
        {
            if (part.Text("type") is "input_text" or "output_text" or "text" && part.Field("text") is { } text) prompt.Text(text, known);
        }
    }

    private static void ReadOutput(JsonElement? output, string? callId, bool isError, PromptBuilder prompt)
    {
        if (output is not { } value) return;
        prompt.Result(value, callId, isError: isError);
        foreach (JsonElement part in value.Items())
        {
            if (part.Text("type") is "input_text" or "output_text" or "text" && part.IsClear("type", "text") && part.Field("text") is { } text)
                prompt.Result(text, callId, isError: isError);
        }
    }

    /// <summary>What one command wrote.</summary>
    private static void ReadShell(JsonElement part, string? callId, PromptBuilder prompt)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.IsClear("stdout", "stderr", "outcome", "type", "text")) return;
        foreach (string name in (ReadOnlySpan<string>)["stdout", "stderr", "text"])
        {
            if (part.Field(name) is { ValueKind: JsonValueKind.String } text && text.Text() is { Length: > 0 }) prompt.Result(text, callId);
        }
    }
}
