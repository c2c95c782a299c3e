using System.Text;
using System.Text.Json;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Cli.Wire;
using Headroom.Economics;
using Headroom.Retrieval;

namespace Headroom.Cli.Proxy.Answers;

/// <summary>Reads answers of all formats: whole ones, and events of streams. Not thread-safe.</summary>
internal sealed class AnswerReader
{
    /// <summary>Characters of a call's arguments that are kept to be counted: many times what a retrieval call has.</summary>
    private const int MaxArguments = 16 * 1024;

    private readonly SortedDictionary<int, StringBuilder> _retrievals = [];
    private bool _hasOtherCalls;
    private string? _model;
    private string? _id;
    private ReportedUsage? _usage;

    public Answer Build() => new()
    {
        Model = _model,
        Id = _id,
        Usage = _usage,
        RetrievalCalls = [.. _retrievals.Values.Select(c => c.ToString())],
        HasOtherCalls = _hasOtherCalls,
    };

    /// <summary>Takes down a whole answer, or an event of one.</summary>
    public void Read(JsonElement value)
    {
        string? type = value.Text("type");
        switch (type)
        {
            case "message_start":
                ReadMessage(value.Object("message"));
                break;
            case "message":
                ReadMessage(value);
                break;
            case "message_delta":
                ReadDelta(value.Object("usage"));
                break;
            case "content_block_start":
                if (value.Object("content_block") is { } block && block.Text("type") == "tool_use") Call((int)(value.Count("index") ?? 0), block.Text("name"), null);
                break;
            case "content_block_delta":
                if (value.Object("delta")?.Text("partial_json") is { } part) Continue((int)(value.Count("index") ?? 0), part);
                break;
            case "response.output_item.done":
                if (value.Object("item") is { } item) ReadItem(item);
                break;
            case "response.completed" or "response.incomplete" or "response.failed":
                ReadResponse(value.Object("response"), readItems: false);
                break;
            case null when value.Text("object") is "response" or "response.compaction":
                ReadResponse(value, readItems: true);
                break;
            case null:
                ReadChat(value);
                break;
        }
    }

    private void ReadMessage(JsonElement? message)
    {
        if (message is not { } value) return;
        (_model, _id) = (value.Text("model") ?? _model, value.Text("id") ?? _id);
        _usage = UsageReader.Read(value.Object("usage"))?.Counts ?? _usage;
        int index = 0;
        foreach (JsonElement block in value.List("content"))
        {
            if (block.Text("type") == "tool_use") Call(index, block.Text("name"), block.Field("input")?.Wire());
            index++;
        }
    }

    /// <summary>The last word of a stream: the output so far, sometimes with the input once more.</summary>
    private void ReadDelta(JsonElement? usage)
    {
        if (UsageReader.Read(usage)?.Counts is { Input: > 0 } whole) _usage = whole;
        else if (usage?.Count("output_tokens") is { } output) _usage = (_usage ?? default) with { Output = output };
    }

    private void ReadResponse(JsonElement? response, bool readItems)
    {
        if (response is not { } value) return;
        (_model, _id) = (value.Text("model") ?? _model, value.Text("id") ?? _id);
        _usage = UsageReader.Read(value.Object("usage"))?.Counts ?? _usage;
        foreach (JsonElement item in readItems ? value.List("output") : []) ReadItem(item);
    }

    private void ReadItem(JsonElement item)
    {
        if (item.Text("type") is "function_call" or "custom_tool_call" or "local_shell_call" or "shell_call" or "apply_patch_call")
            Call(_retrievals.Count, item.Text("name"), item.Text("arguments") ?? item.Text("input"));
    }

    private void ReadChat(JsonElement value)
    {
        _model = value.Text("model") ?? _model;
        _usage = UsageReader.Read(value.Object("usage"))?.Counts ?? _usage;
        foreach (JsonElement choice in value.List("choices"))
        {
            foreach (JsonElement call in (choice.Object("delta") ?? choice.Object("message") ?? default).List("tool_calls"))
            {
                int index = (int)(call.Count("index") ?? _retrievals.Count);
                JsonElement? function = call.Object("function") ?? call.Object("custom");
                string? arguments = function?.Text("arguments") ?? function?.Text("input");
                if (function?.Text("name") is { Length: > 0 } name) Call(index, name, arguments);
                else Continue(index, arguments);
            }
        }
    }

    private void Call(int index, string? name, string? arguments)
    {
        if (!HeadroomTools.IsRetrieval(name))
        {
            _hasOtherCalls = true;
            return;
        }

        _retrievals.TryAdd(index, new StringBuilder(RetrievalTool.Name));
        Continue(index, arguments);
    }

    private void Continue(int index, string? arguments)
    {
        if (arguments is not null && _retrievals.TryGetValue(index, out StringBuilder? call) && call.Length + arguments.Length <= MaxArguments) call.Append(arguments);
    }
}
