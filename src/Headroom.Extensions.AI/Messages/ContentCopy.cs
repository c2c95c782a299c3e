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

    /// <summary>A copy that says the same, raw form included, to write properties onto it and its contents.</summary>
    public static ChatMessage ToMark(ChatMessage message)
    {
        ChatMessage copy = message.Clone();
        copy.Contents = [.. message.Contents];
        copy.AdditionalProperties = message.AdditionalProperties?.Clone();
        return copy;
    }

    /// <summary>A copy that says the same, raw form included, to write a property onto.</summary>
    /// <exception cref="NotSupportedException">The type of content has no copy.</exception>
    public static AIContent ToMark(AIContent content)
    {
        AIContent copy = content switch
        {
            TextContent text => new TextContent(text.Text),
            FunctionCallContent call => new FunctionCallContent(call.CallId, call.Name, call.Arguments) { Exception = call.Exception, InformationalOnly = call.InformationalOnly },
            FunctionResultContent result => new FunctionResultContent(result.CallId, result.Result) { Exception = result.Exception },
            DataContent data => new DataContent(data.Data, data.MediaType) { Name = data.Name },
            UriContent uri => new UriContent(uri.Uri, uri.MediaType),
            _ => throw new NotSupportedException($"{content.GetType().Name} has no copy."),
        };
        (copy.AdditionalProperties, copy.Annotations, copy.RawRepresentation) = (content.AdditionalProperties?.Clone(), content.Annotations, content.RawRepresentation);
        return copy;
    }
}
