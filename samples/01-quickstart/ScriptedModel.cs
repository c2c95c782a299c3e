using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Quickstart;

/// <summary>Plays the model. It follows a script, but acts only on what it is sent: what it cannot read, it cannot answer.</summary>
internal sealed class ScriptedModel : IChatClient
{
    /// <summary>What was asked back, and how much came; <see langword="null"/> when nothing was.</summary>
    public string? Retrieved { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] results = [.. messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => RequestLog.TextOf(r.Result))];
        AIContent next = results.Length switch
        {
            0 => Call("get_orders", []),
            1 => Call("read_log", []),
            2 when MarkerGrammar.FindIds(results[1]) is [var id, ..] => Call(RetrievalTool.Name, new() { ["id"] = id, ["query"] = "48230" }),
            _ => new TextContent(Answer(results)),
        };
        if (results.Length == 3) Retrieved = $"{RetrievalTool.Name} query=48230: {results[2].Split('\n').Length} lines came back";
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
        string? rejected = results.SelectMany(r => r.Split('\n')).FirstOrDefault(line => line.Contains("KB-2078", StringComparison.Ordinal) && line.Contains("rejected", StringComparison.Ordinal));
        return rejected is null
            ? "I could not find out."
            : "The price list held a price the shop could not read, so KB-2078 was sold for 0.00. The log says: " + rejected.Trim();
    }
}
