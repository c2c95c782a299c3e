using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace RagSample;

/// <summary>Plays the model. It follows a script, but acts only on what it is sent: what it cannot read, it cannot answer.</summary>
internal sealed class ScriptedModel : IChatClient
{
    /// <summary>The text of each tool result, in the order they were read.</summary>
    public List<string> Read { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        string question = messages.Last(m => m.Role == ChatRole.User).Text;
        string[] results = [.. messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.Result?.ToString() ?? "")];
        if (results.Length > Read.Count) Read.Add(results[^1]);
        AIContent next = results.Length switch
        {
            0 => Call("search_handbook", new() { ["question"] = question }),
            // It also wants to know about the lift, of which little is left.
            1 when MarkerGrammar.FindIds(results[0]) is [var id, ..] => Call(RetrievalTool.Name, new() { ["id"] = id, ["query"] = "lift" }),
            _ => new TextContent(Answer(results)),
        };
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [next])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException("This script does not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static FunctionCallContent Call(string name, Dictionary<string, object?> arguments) => new("call_" + name, name, arguments);

    private static string Answer(string[] results)
    {
        string[] sentences = [.. results.SelectMany(r => r.Split(['.', '\n'])).Select(s => s.Trim())];
        string? cited = results[0].Split('\n').TakeWhile(l => !l.Contains("36 hours", StringComparison.Ordinal)).LastOrDefault(l => l.StartsWith('[') && l.Contains("https://", StringComparison.Ordinal));
        return sentences.FirstOrDefault(s => s.Contains("36 hours", StringComparison.Ordinal)) is { } rule ? $"{rule}. {cited}" : "The handbook does not say.";
    }
}
