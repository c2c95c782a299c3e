using System.Text.Json;
using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Reads OpenAI's chat completions: <c>tools</c> and <c>messages</c>.</summary>
internal static class ChatReader
{
    public static void Read(JsonElement root, PromptBuilder prompt)
    {
        foreach (JsonElement tool in root.List("tools"))
            prompt.Tool(tool, (tool.Object("function") ?? tool.Object("custom"))?.Text("name") ?? tool.Text("name"), tool.IsTrue("defer_loading"));
        foreach (JsonElement function in root.List("functions")) prompt.Tool(function, function.Text("name"), isDeferred: false);
        foreach (JsonElement message in root.List("messages"))
        {
            prompt.Message();
            ReadMessage(message, prompt);
        }
    }

    private static void ReadMessage(JsonElement message, PromptBuilder prompt)
    {
        string? role = message.Text("role");
        if (role is null || !message.IsClear("role", "content", "tool_call_id", "is_error")) return;
        switch (role)
        {
            case "system" or "developer":
                foreach (JsonElement text in Texts(message)) prompt.Text(text, ItemRole.System);
                break;
            case "user":
                foreach (JsonElement text in Texts(message)) prompt.Text(text, ItemRole.User);
                break;
            case "assistant":
                ReadTurn(message, prompt);
                break;
            case "tool":
                foreach (JsonElement text in Texts(message)) prompt.Result(text, message.Text("tool_call_id"), message.Text("name"), message.IsTrue("is_error"));
                break;
            case "function": // before there were tools: calls have no ids, and a result follows its call
                foreach (JsonElement text in Texts(message)) prompt.Result(text, FunctionId(message.Text("name")), message.Text("name"));
                break;
        }
    }

    private static void ReadTurn(JsonElement message, PromptBuilder prompt)
    {
        prompt.Other(message.Field("reasoning_content") ?? default);
        foreach (JsonElement text in Texts(message)) prompt.Text(text, ItemRole.Assistant);
        foreach (JsonElement call in message.List("tool_calls"))
        {
            JsonElement? function = call.Object("function") ?? call.Object("custom");
            prompt.Call(call, call.Text("id"), function?.Text("name"), function?.Field("arguments") ?? function?.Field("input"));
        }

        if (message.Object("function_call") is { } old) prompt.Call(old, FunctionId(old.Text("name")), old.Text("name"), old.Field("arguments"));
    }

    private static string FunctionId(string? name) => "function " + name;

    /// <summary>The strings of a content: itself, or those of its text parts.</summary>
    private static IEnumerable<JsonElement> Texts(JsonElement message)
    {
        if (message.Field("content") is not { } content) yield break;
        if (content.ValueKind == JsonValueKind.String) yield return content;
        foreach (JsonElement part in content.Items())
        {
            if (part.Text("type") == "text" && part.IsClear("type", "text") && part.Field("text") is { } text) yield return text;
        }
    }
}
