using System.Text;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. A part of a message.</summary>
public abstract class KernelContent
{
    protected KernelContent()
    {
    }

    protected KernelContent(object? innerContent, string? modelId = null, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        InnerContent = innerContent;
        ModelId = modelId;
        Metadata = metadata;
    }

    public string? MimeType { get; set; }

    public object? InnerContent { get; set; }

    public string? ModelId { get; set; }

    public IReadOnlyDictionary<string, object?>? Metadata { get; set; }
}

/// <summary>Stand-in. Text.</summary>
public sealed class TextContent : KernelContent
{
    public TextContent(string? text, string? modelId = null, object? innerContent = null, Encoding? encoding = null, IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        Text = text;
        Encoding = encoding ?? Encoding.UTF8;
    }

    public string? Text { get; set; }

    public Encoding Encoding { get; set; }

    public override string ToString() => Text ?? "";
}

/// <summary>Stand-in. An image.</summary>
public sealed class ImageContent(Uri uri) : KernelContent
{
    public Uri? Uri { get; set; } = uri;
}
