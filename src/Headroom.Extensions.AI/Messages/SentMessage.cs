using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>What was sent in the place of a message, kept as long as its items have the same outcomes, so that a history sent again is not copied again.</summary>
/// <remarks>
/// A copy is sent again only as it was made, and only for a message of which the same copy would be made again: neither the caller's properties may have
/// changed nor the copy itself, which went through other hands. Copies that hold images or other data of the caller's are not kept.
/// </remarks>
internal sealed class SentMessage
{
    private readonly ItemOutcome[] _outcomes;
    private readonly ChatMessage? _copy; // null when nothing in the message changes
    private readonly List<AIContent> _contents;
    private readonly string?[] _texts; // what a content of the copy says that is ours

    private SentMessage(ItemOutcome[] outcomes, ChatMessage? copy, List<AIContent> contents, string?[] texts)
    {
        _outcomes = outcomes;
        _copy = copy;
        _contents = contents;
        _texts = texts;
    }

    /// <summary>What is sent of a message: the same instance when nothing in it changes.</summary>
    /// <param name="message">The message; not changed.</param>
    /// <param name="read">Its contents as they were read.</param>
    /// <param name="outcomes">One outcome an item.</param>
    /// <param name="kept">To send it again; <see langword="null"/> where a new copy has to be made each time.</param>
    public static ChatMessage Make(ChatMessage message, ReadContent[] read, ReadOnlySpan<ItemOutcome> outcomes, out SentMessage? kept)
    {
        List<AIContent>? contents = null;
        string?[] texts = new string?[read.Length];
        bool isText = true;
        for (int i = 0, item = 0; i < read.Length; item += read[i++].Items.Length)
        {
            AIContent before = message.Contents[i], after = read[i].IsSent ? read[i].With(before, outcomes.Slice(item, read[i].Items.Length)) : before;
            if (ReferenceEquals(before, after))
            {
                isText &= IsText(before);
                continue;
            }

            (contents ??= [.. message.Contents])[i] = after;
            texts[i] = after is TextContent text ? text.Text : ((FunctionResultContent)after).Result as string;
            isText &= texts[i] is not null;
        }

        ChatMessage? copy = contents is null ? null : ContentCopy.WithContents(message, contents);
        kept = copy is null || isText ? new SentMessage([.. outcomes], copy, contents ?? [], texts) : null;
        return copy ?? message;
    }

    /// <summary>What is sent of a message that reads the same; <see langword="null"/> where it has to be made again.</summary>
    public ChatMessage? For(ChatMessage message, ReadOnlySpan<ItemOutcome> outcomes)
    {
        for (int i = 0; i < _outcomes.Length; i++)
        {
            if (!ReferenceEquals(_outcomes[i], outcomes[i])) return null;
        }

        return _copy is null ? message : IsCopyOf(message) ? _copy : null;
    }

    private static bool IsText(AIContent content) =>
        content is { RawRepresentation: null } and (TextContent or FunctionCallContent or FunctionResultContent { Result: null or string or JsonElement });

    private bool IsCopyOf(ChatMessage message)
    {
        if (_copy!.Role != message.Role || _copy.AuthorName != message.AuthorName || _copy.MessageId != message.MessageId || _copy.CreatedAt != message.CreatedAt
            || _copy.RawRepresentation is not null || !AreSame(_copy.AdditionalProperties, message.AdditionalProperties)
            || !ReferenceEquals(_copy.Contents, _contents) || _contents.Count != _texts.Length)
        {
            return false;
        }

        for (int i = 0; i < _texts.Length; i++)
        {
            if (_texts[i] is { } text ? !IsCopyOf(_contents[i], message.Contents[i], text) : !ReferenceEquals(_contents[i], message.Contents[i])) return false;
        }

        return true;
    }

    private static bool IsCopyOf(AIContent copy, AIContent content, string text) =>
        copy.RawRepresentation is null && ReferenceEquals(copy.Annotations, content.Annotations) && AreSame(copy.AdditionalProperties, content.AdditionalProperties)
        && (copy, content) switch
        {
            (TextContent ours, TextContent) => ReferenceEquals(ours.Text, text),
            (FunctionResultContent ours, FunctionResultContent theirs) => ReferenceEquals(ours.Result, text) && ours.CallId == theirs.CallId && ReferenceEquals(ours.Exception, theirs.Exception),
            _ => false,
        };

    private static bool AreSame(AdditionalPropertiesDictionary? copy, AdditionalPropertiesDictionary? properties)
    {
        if (copy is null || properties is null) return ReferenceEquals(copy, properties);
        if (copy.Count != properties.Count) return false;
        foreach (KeyValuePair<string, object?> property in properties)
        {
            if (!copy.TryGetValue(property.Key, out object? value) || !(ReferenceEquals(value, property.Value) || JsonEquality.AreSame(value, property.Value))) return false;
        }

        return true;
    }
}
