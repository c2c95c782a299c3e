using System.Text.Json;
using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>A prompt as it came in on the wire, and how its format is answered.</summary>
internal sealed class ModelPrompt
{
    private static readonly string[] s_outputs = ["function_call_output", "custom_tool_call_output"];

    private readonly JsonElement _root;
    private readonly string _model;

    public ModelPrompt(Proxy.RecordedRequest request)
    {
        Request = request;
        _root = JsonFields.TryParse(request.Header("Content-Encoding") == "zstd" ? Decompressed(request.Body) : request.Body) ?? default;
        _model = _root.Text("model") ?? "";
        string path = request.Line.Split(' ', '?')[1];
        IsMessages = path.EndsWith("/messages", StringComparison.Ordinal);
        IsResponses = path.EndsWith("/responses", StringComparison.Ordinal);
        IEnumerable<JsonElement> tools = _root.List("tools").Concat(_root.List("input").Where(i => i.Text("type") == "additional_tools").SelectMany(i => i.List("tools")));
        Tools = [.. tools.Where(t => !t.IsTrue("defer_loading")).SelectMany(ToolsOf)];
        Results =
        [
            .. IsResponses ? _root.List("input").Where(i => s_outputs.Contains(i.Text("type"))).Select(i => TextOf(i.Field("output")))
                : IsMessages ? _root.List("messages").SelectMany(m => m.List("content")).Where(b => b.Text("type") == "tool_result").Select(b => TextOf(b.Field("content")))
                : _root.List("messages").Where(m => m.Text("role") == "tool").Select(m => TextOf(m.Field("content"))),
        ];
    }

    public Proxy.RecordedRequest Request { get; }

    public bool IsMessages { get; }

    public bool IsResponses { get; }

    /// <summary>Tools the model can call at once.</summary>
    public IReadOnlyList<ModelTool> Tools { get; }

    /// <summary>Texts of tool results, oldest first.</summary>
    public IReadOnlyList<string> Results { get; }

    public ModelTool? Retrieval => Tools.FirstOrDefault(t => t.Name.EndsWith("headroom_retrieve", StringComparison.Ordinal));

    /// <summary>The events of an answer: a call, or what the model has to say.</summary>
    public IEnumerable<string> Stream(ModelCall? call) => IsMessages ? StreamMessages(call) : IsResponses ? StreamResponses(call) : StreamChat(call);

    private static byte[] Decompressed(byte[] body)
    {
        using var decompressor = new ZstdSharp.Decompressor();
        return decompressor.Unwrap(body).ToArray();
    }

    private IEnumerable<string> StreamMessages(ModelCall? call)
    {
        string usage = "{\"input_tokens\":100,\"output_tokens\":5}";
        string block = call is null ? """{"type":"text","text":""}""" : $$$"""{"type":"tool_use","id":"toolu_{{{Results.Count}}}","name":"{{{call.Tool.Name}}}","input":{}}""";
        string delta = call is null ? $$"""{"type":"text_delta","text":"{{FakeModel.Answer}}"}""" : $$"""{"type":"input_json_delta","partial_json":{{JsonSerializer.Serialize(call.Arguments)}}}""";
        yield return Event("message_start", $$$"""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"{{{_model}}}","content":[],"stop_reason":null,"stop_sequence":null,"usage":{{{usage}}}}}""");
        yield return Event("content_block_start", $$"""{"type":"content_block_start","index":0,"content_block":{{block}}}""");
        yield return Event("content_block_delta", $$"""{"type":"content_block_delta","index":0,"delta":{{delta}}}""");
        yield return Event("content_block_stop", """{"type":"content_block_stop","index":0}""");
        yield return Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{(call is null ? "end_turn" : "tool_use")}}}","stop_sequence":null},"usage":{"output_tokens":5}}""");
        yield return Event("message_stop", """{"type":"message_stop"}""");
    }

    private IEnumerable<string> StreamResponses(ModelCall? call)
    {
        string of = call?.Tool.Namespace is { } name ? $",\"namespace\":\"{name}\"" : "";
        string item = call is null ? $$"""{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"{{FakeModel.Answer}}","annotations":[]}]}"""
            : call.IsCode ? $$"""{"type":"custom_tool_call","id":"ctc_1","call_id":"call_{{Results.Count}}","name":"{{call.Tool.Name}}","input":{{JsonSerializer.Serialize(call.Arguments)}}{{of}}}"""
            : $$"""{"type":"function_call","id":"fc_1","status":"completed","call_id":"call_{{Results.Count}}","name":"{{call.Tool.Name}}","arguments":{{JsonSerializer.Serialize(call.Arguments)}}{{of}}}""";
        string usage = """{"input_tokens":100,"input_tokens_details":{"cached_tokens":0},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":105}""";
        yield return Event("response.created", $$$"""{"type":"response.created","response":{"id":"resp_1","object":"response","created_at":1,"model":"{{{_model}}}","status":"in_progress","output":[]}}""");
        yield return Event("response.output_item.added", $$"""{"type":"response.output_item.added","output_index":0,"item":{{item}}}""");
        yield return Event("response.output_item.done", $$"""{"type":"response.output_item.done","output_index":0,"item":{{item}}}""");
        yield return Event("response.completed", $$$"""{"type":"response.completed","response":{"id":"resp_1","object":"response","created_at":1,"model":"{{{_model}}}","status":"completed","output":[{{{item}}}],"usage":{{{usage}}}}}""");
    }

    private IEnumerable<string> StreamChat(ModelCall? call)
    {
        string delta = call is null ? $$"""{"role":"assistant","content":"{{FakeModel.Answer}}"}"""
            : $$$"""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_{{{Results.Count}}}","type":"function","function":{"name":"{{{call.Tool.Name}}}","arguments":{{{JsonSerializer.Serialize(call.Arguments)}}}}}]}""";
        yield return $"data: {Chunk(delta, "null")}\n\n";
        yield return $"data: {Chunk("{}", call is null ? "\"stop\"" : "\"tool_calls\"")}\n\n";
        yield return "data: [DONE]\n\n";
    }

    private string Chunk(string delta, string reason) => $$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"{{_model}}","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{reason}}}]}""";

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static IEnumerable<ModelTool> ToolsOf(JsonElement tool) => tool.Text("type") == "namespace"
        ? tool.List("tools").Where(t => !t.IsTrue("defer_loading")).Select(t => new ModelTool(tool.Text("name"), t.Text("name") ?? ""))
        : [new ModelTool(null, tool.Text("name") ?? tool.Object("function")?.Text("name") ?? "")];

    private static string TextOf(JsonElement? content) => content is not { } value ? "" : value.Text() ?? string.Concat(value.Items().Select(p => p.Text("text")));
}
