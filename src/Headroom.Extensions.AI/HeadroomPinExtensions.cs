using Headroom.Extensions.AI.Messages;

namespace Microsoft.Extensions.AI;

/// <summary>Pins contents and messages, so that Headroom sends them as they are. For all results of a tool, its policy <c>Verbatim</c> does the same.</summary>
public static class HeadroomPinExtensions
{
    /// <summary>Pins a content: a tool result, a text inside one, or anything else passes as the same instance.</summary>
    /// <typeparam name="TContent">The type of content.</typeparam>
    /// <param name="content">The content; its <see cref="AIContent.AdditionalProperties"/> gain the mark.</param>
    /// <returns>The supplied <paramref name="content"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is <see langword="null"/>.</exception>
    public static TContent AsPinned<TContent>(this TContent content)
        where TContent : AIContent
    {
        ArgumentNullException.ThrowIfNull(content);
        content.AdditionalProperties = PinnedMark.Set(content.AdditionalProperties);
        return content;
    }

    /// <summary>Pins a message: it passes as the same instance, with all it holds.</summary>
    /// <param name="message">The message; its <see cref="ChatMessage.AdditionalProperties"/> gain the mark.</param>
    /// <returns>The supplied <paramref name="message"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is <see langword="null"/>.</exception>
    public static ChatMessage AsPinned(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.AdditionalProperties = PinnedMark.Set(message.AdditionalProperties);
        return message;
    }
}
