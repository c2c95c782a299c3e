using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Headroom.Extensions.AI;

/// <summary>The history of an agent, message by message, always in new instances.</summary>
internal static class History
{
    public static ChatMessage Message(int at)
    {
        if (at == 0) return new ChatMessage(ChatRole.System, "You are a careful engineer.");
        if (at == 1) return new ChatMessage(ChatRole.User, "Find out why orders are late.");
        int turn = (at - 2) / 2;
        if (at % 2 == 0)
        {
            Dictionary<string, object?> arguments = new() { ["path"] = JsonSerializer.SerializeToElement($"src/file{turn}.cs"), ["limit"] = turn };
            return new ChatMessage(ChatRole.Assistant, [new TextContent($"Step {turn}."), new FunctionCallContent($"call_{turn}", "rows", arguments)]);
        }

        string text = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"line {i} of the result of turn {turn % 7}"));
        object result = (turn % 4) switch
        {
            0 => text,
            1 => JsonSerializer.SerializeToElement(text),
            2 => JsonSerializer.SerializeToElement(new { turn, lines = text.Split('\n') }),
            _ => new AIContent[] { new TextContent(text), new TextContent($"and {turn}") },
        };
        return new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"call_{turn}", result)]);
    }
}

/// <summary>A model that answers "done" at once, on the caller's thread.</summary>
internal sealed class IdleClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "done")));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, "done");
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
