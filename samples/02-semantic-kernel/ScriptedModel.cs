using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace SemanticKernelSample;

/// <summary>Plays the model. It follows a script, but acts only on what it is sent: what it cannot read, it cannot answer.</summary>
internal sealed class ScriptedModel : IChatClient
{
    private static readonly string[] s_lookUps = ["desk_bookings", "desk_journal", "desk_handbook"];

    /// <summary>The text of each tool result as the model was sent it, by the name of the function.</summary>
    public Dictionary<string, string> Read { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Dictionary<string, string> names = messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToDictionary(c => c.CallId, c => c.Name);
        foreach (FunctionResultContent result in messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>()) Read[names[result.CallId]] = result.Result?.ToString() ?? "";
        AIContent next =
            Read.Count < s_lookUps.Length ? Call(s_lookUps[Read.Count], [])
            : Read.Count == s_lookUps.Length && MarkerGrammar.FindIds(Read["desk_journal"]) is [var id, ..] ? Call(RetrievalTool.Name, new() { ["id"] = id, ["query"] = "bowthruster" })
            : new TextContent(Answer());
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [next])));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException("This script does not stream.");

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("script") : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static FunctionCallContent Call(string name, Dictionary<string, object?> arguments) => new("call_" + name, name, arguments);

    private string Answer()
    {
        string[] lines = [.. Read.Values.SelectMany(text => text.Split('\n'))];
        string? fault = lines.FirstOrDefault(l => l.Contains("has seized", StringComparison.Ordinal)), rule = lines.FirstOrDefault(l => l.Contains("A technical fault of the ship counts", StringComparison.Ordinal));
        return fault is null || rule is null ? "I could not find out." : $"Yes, a meal voucher of twelve crowns each: {fault.Split("  ")[^1].Trim()}. The handbook says: {rule.Split(". ")[0]}.";
    }
}
