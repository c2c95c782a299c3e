using System.Text;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. A message.</summary>
public class ChatMessageContent : KernelContent
{
    public ChatMessageContent() => Encoding = Encoding.UTF8;

    public ChatMessageContent(
        AuthorRole role, string? content, string? modelId = null, object? innerContent = null, Encoding? encoding = null, IReadOnlyDictionary<string, object?>? metadata = null)
        : this(role, [], modelId, innerContent, encoding, metadata)
    {
        if (content is not null) Items.Add(new TextContent(content, modelId, innerContent, Encoding, metadata));
    }

    public ChatMessageContent(
        AuthorRole role, ChatMessageContentItemCollection items, string? modelId = null, object? innerContent = null, Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        Role = role;
        Items = items;
        Encoding = encoding ?? Encoding.UTF8;
    }

    public string? AuthorName { get; set; }

    public AuthorRole Role { get; set; }

    public string? Content => Items.OfType<TextContent>().FirstOrDefault()?.Text;

    public ChatMessageContentItemCollection Items { get; set; } = [];

    public Encoding Encoding { get; set; }

    public override string ToString() => Content ?? "";
}
