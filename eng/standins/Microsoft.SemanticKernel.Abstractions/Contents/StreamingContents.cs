using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. A part of a stream.</summary>
public abstract class StreamingKernelContent(object? innerContent, int choiceIndex = 0, string? modelId = null, IReadOnlyDictionary<string, object?>? metadata = null)
{
    public int ChoiceIndex { get; set; } = choiceIndex;

    public object? InnerContent { get; set; } = innerContent;

    public string? ModelId { get; set; } = modelId;

    public IReadOnlyDictionary<string, object?>? Metadata { get; set; } = metadata;
}

/// <summary>Stand-in. A part of a streamed message.</summary>
public class StreamingChatMessageContent(AuthorRole? role, string? content) : StreamingKernelContent(null)
{
    public AuthorRole? Role { get; set; } = role;

    public string? Content { get; set; } = content;

    public override string ToString() => Content ?? "";
}
