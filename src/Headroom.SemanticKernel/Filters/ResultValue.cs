using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Headroom.SemanticKernel.Filters;

/// <summary>Reads what kernel functions return, as the loop that runs them would.</summary>
internal static class ResultValue
{
    /// <summary>How older connectors write a value that is not a string.</summary>
    private static readonly JsonSerializerOptions s_connector = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value with what only kernels know turned into text. Whatever is no text of any kind stays the same object.</summary>
    /// <param name="value">What the function returned.</param>
    /// <param name="byConnector">Whether an older connector will write the value, rather than the adapter of a chat client.</param>
    /// <exception cref="Exception">Whatever the serialiser throws for a value it cannot write.</exception>
    public static object? Of(object? value, bool byConnector) => value switch
    {
        ChatMessageContent message => TextOf(message) ?? value,
        IEnumerable<ChatMessageContent> messages => messages.Select(TextOf).ToArray() is var texts && Array.TrueForAll(texts, t => t is not null) ? string.Join(',', texts) : value, // as connectors do
        Microsoft.SemanticKernel.TextContent text => text.Text ?? value,
        null or string or JsonElement or KernelContent or AIContent or IEnumerable<AIContent> or byte[] or Stream or ReadOnlyMemory<byte> => value,
        _ => byConnector ? JsonSerializer.SerializeToElement(value, value.GetType(), s_connector) : value,
    };

    /// <summary>The text of a message that is nothing but one.</summary>
    private static string? TextOf(ChatMessageContent message) => message.Items is [Microsoft.SemanticKernel.TextContent { Text: { } text }] ? text : null;
}
