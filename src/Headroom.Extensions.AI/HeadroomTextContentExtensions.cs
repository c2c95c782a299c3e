using Headroom.Extensions.AI.Messages;

namespace Microsoft.Extensions.AI;

/// <summary>Marks texts for Headroom.</summary>
public static class HeadroomTextContentExtensions
{
    /// <summary>Marks a text of the user as compressible, such as a document an application inserts. Unmarked text of the user is never touched.</summary>
    /// <param name="content">The text; its <see cref="AIContent.AdditionalProperties"/> gain the mark.</param>
    /// <param name="query">The question the text answers, to judge what is relevant in it. By default the last text of the user before it.</param>
    /// <returns>The supplied <paramref name="content"/>.</returns>
    public static TextContent AsCompressible(this TextContent content, string? query = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        CompressibleText.Mark(content, query);
        return content;
    }
}
