using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.TestSupport;

/// <summary>A request as a provider's adapter would put it on the wire, taken at the moment it was sent.</summary>
public sealed class SentRequest
{
    public SentRequest(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        Messages = messages;
        Options = options;
        Wire = [.. messages.Select(WireOf)];
        Tools = [.. (options?.Tools ?? []).Select(t => t.Name)];
    }

    /// <summary>The messages as handed over.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The options as handed over.</summary>
    public ChatOptions? Options { get; }

    /// <summary>One text a message: what an adapter would write.</summary>
    public IReadOnlyList<string> Wire { get; }

    /// <summary>Names of the declared tools, in order.</summary>
    public IReadOnlyList<string> Tools { get; }

    /// <summary>The results of all tools, in order, as the model reads them.</summary>
    public IReadOnlyList<string> Results => [.. Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(ResultOf)];

    /// <summary>The message as an adapter would write it. Adapters ignore whether a call is informational.</summary>
    public static string WireOf(ChatMessage message) => message.Role + ": " + string.Join(" | ", message.Contents.Select(c => c switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"call {call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions)}",
        FunctionResultContent result => $"result {result.CallId} {ResultOf(result)}",
        _ => c.GetType().Name,
    }));

    private static string ResultOf(FunctionResultContent result) =>
        result.Result as string ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions);
}
