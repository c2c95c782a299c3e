using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Makes changed copies of messages and contents. The originals belong to the caller and are never written to.</summary>
/// <remarks>
/// A copy has no <c>RawRepresentation</c>: adapters prefer it to the content and would silently send the original. It keeps
/// <c>AdditionalProperties</c>, which hold cache breakpoints, and everything else.
/// </remarks>
internal static class ContentCopy
{
    public static TextContent WithText(TextContent content, string text) =>
        string.Equals(content.Text, text, StringComparison.Ordinal)
            ? content
            : new TextContent(text) { AdditionalProperties = content.AdditionalProperties?.Clone(), Annotations = content.Annotations };

    public static FunctionResultContent WithResult(FunctionResultContent content, object? result) =>
        ReferenceEquals(content.Result, result)
            ? content
            : new FunctionResultContent(content.CallId, result)
            {
                Exception = content.Exception,
                AdditionalProperties = content.AdditionalProperties?.Clone(),
                Annotations = content.Annotations,
            };

    public static ChatMessage WithContents(ChatMessage message, IList<AIContent> contents)
    {
        ChatMessage copy = message.Clone();
        copy.Contents = contents;
        copy.RawRepresentation = null;
        copy.AdditionalProperties = message.AdditionalProperties?.Clone();
        return copy;
    }
}
