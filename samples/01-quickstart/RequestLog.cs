using System.Text.Json;
using Headroom.Tokens;
using Microsoft.Extensions.AI;

namespace Quickstart;

/// <summary>Remembers what passes through it on the way to the model.</summary>
internal sealed class RequestLog(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    private int _declared;

    /// <summary>The messages of each request.</summary>
    public List<ChatMessage[]> Requests { get; } = [];

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Requests.Add([.. messages]);
        foreach (AIFunction tool in options?.Tools?.OfType<AIFunction>() ?? []) _declared += Count(tool.Name + tool.Description + tool.JsonSchema.GetRawText());
        return base.GetResponseAsync(Requests[^1], options, cancellationToken);
    }

    /// <summary>The tool results of the last request by the name of the tool, in order.</summary>
    public Dictionary<string, string> ToolResults()
    {
        Dictionary<string, string> results = [];
        var names = Requests[^1].SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToDictionary(c => c.CallId, c => c.Name);
        foreach (FunctionResultContent result in Requests[^1].SelectMany(m => m.Contents).OfType<FunctionResultContent>())
            results[names[result.CallId]] = TextOf(result.Result);
        return results;
    }

    /// <summary>Tokens of all requests together, tool declarations included: an agent sends its whole history again each time.</summary>
    public int TotalTokens() => _declared + Requests.SelectMany(r => r).SelectMany(m => m.Contents).Sum(content => Count(content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => call.Name + JsonSerializer.Serialize(call.Arguments),
        FunctionResultContent result => TextOf(result.Result),
        _ => "",
    }));

    /// <summary>The text of a tool result: functions that return a string yield it as a JSON string.</summary>
    public static string TextOf(object? result) => result is JsonElement { ValueKind: JsonValueKind.String } json ? json.GetString()! : result?.ToString() ?? "";

    private static int Count(string text) => O200kTokenCounter.Instance.Count(text);
}
