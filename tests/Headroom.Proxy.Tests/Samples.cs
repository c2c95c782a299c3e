using System.Text.Json;

namespace Headroom.Cli.Proxy;

/// <summary>Texts and requests the tests share.</summary>
internal static class Samples
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Rows that every mode writes as a table.</summary>
    public static string Rows { get; } = JsonSerializer.Serialize(
        Enumerable.Range(1, 40).Select(i => new { id = i, name = $"item {i * 7919 % 1000}", state = "open", url = $"https://example.com/items/{i}" }), Indented);

    /// <summary>A log so long that balanced mode cuts it.</summary>
    public static string LongLog { get; } = string.Concat(Enumerable.Range(0, 3_000).Select(i => i == 1_717
        ? "2026-03-04T10:11:12Z ERROR db Pool exhausted (max_connections=100)\n"
        : $"2026-03-04T10:{i / 60 % 60:00}:{i % 60:00}Z INFO worker-{i * 31 % 16} finished job {i * 7919 % 100_003} of queue q{i * 17 % 23} after {i * 13 % 997} ms\n"));

    public static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>A request of Anthropic's with one result.</summary>
    public static string Messages(string result, string tools = "") =>
        $$$"""{"model":"claude-sonnet-5","max_tokens":100,{{{tools}}}"messages":[{"role":"user","content":"What failed?"},{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"read_log","input":{"path":"a.log"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":{{{Quote(result)}}}}]}]}""";

    /// <summary>A request of OpenAI's chat completions with one result.</summary>
    public static string Chat(string result, string tools = "") =>
        $$$"""{"model":"gpt-6-sol",{{{tools}}}"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What failed?"},{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"read_log","arguments":"{\"path\":\"a.log\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":{{{Quote(result)}}}}]}""";

    /// <summary>A request of OpenAI's Responses with one result.</summary>
    public static string Responses(string result, string tools = "", string more = "") =>
        $$$"""{"model":"gpt-6-sol",{{{tools}}}{{{more}}}"instructions":"Be brief.","input":[{"role":"user","content":"What failed?"},{"type":"function_call","call_id":"call_1","name":"read_log","arguments":"{\"path\":\"a.log\"}"},{"type":"function_call_output","call_id":"call_1","output":{{{Quote(result)}}}}]}""";

    /// <summary>Declares the retrieval tool as the formats do, under a name an agent gives it.</summary>
    public static string MessagesTool(string name = "mcp__headroom__headroom_retrieve") => $"\"tools\":[{{\"name\":\"{name}\",\"description\":\"d\",\"input_schema\":{{\"type\":\"object\"}}}}],";

    public static string ChatTool(string name = "headroom_retrieve") => $"\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"{name}\",\"parameters\":{{\"type\":\"object\"}}}}}}],";

    public static string ResponsesTool(string name = "headroom_retrieve") => $"\"tools\":[{{\"type\":\"function\",\"name\":\"{name}\",\"parameters\":{{\"type\":\"object\"}}}}],";

    /// <summary>What the result of a request became, by the same path in every request above.</summary>
    public static string ResultIn(string body)
    {
        JsonElement root = JsonDocument.Parse(body).RootElement;
        if (root.TryGetProperty("input", out JsonElement input)) return input.EnumerateArray().Last().GetProperty("output").GetString()!;
        JsonElement content = root.GetProperty("messages").EnumerateArray().Last().GetProperty("content");
        return content.ValueKind == JsonValueKind.String ? content.GetString()! : content.EnumerateArray().Last().GetProperty("content").GetString()!;
    }
}
