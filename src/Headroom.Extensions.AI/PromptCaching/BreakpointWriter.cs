using System.Runtime.InteropServices;
using Headroom.Extensions.AI.Messages;
using Headroom.PromptCaching;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Sets cache breakpoints on copies of messages. The caller's messages and contents are never written to.</summary>
internal static class BreakpointWriter
{
    /// <summary>The messages with breakpoints where they should stand; the same list where none are to be set.</summary>
    /// <param name="messages">The messages to be sent.</param>
    /// <param name="options">The options to be sent.</param>
    /// <param name="mark">Writes a breakpoint onto a copy of a message and its last content that can hold one.</param>
    public static IReadOnlyList<ChatMessage> Write(IReadOnlyList<ChatMessage> messages, ChatOptions? options, Action<ChatMessage, AIContent> mark)
    {
        if (CallerBreakpoints.IsSet(options?.AdditionalProperties)) return messages;
        List<BreakpointSlot> slots = [];
        List<(int Message, int Content)> places = [];
        foreach (AITool tool in options?.Tools ?? []) Add(-1, 0, PromptPartKind.ToolDeclaration, canHold: false, CallerBreakpoints.IsSet(tool.AdditionalProperties));
        for (int m = 0; m < messages.Count; m++)
        {
            ChatMessage message = messages[m];
            bool isSet = CallerBreakpoints.IsSet(message.AdditionalProperties);
            for (int c = 0; c < message.Contents.Count; c++)
            {
                AIContent content = message.Contents[c];
                if (CallerBreakpoints.IsHidden(content)) return messages;
                PromptPartKind kind = PartKinds.Of(message.Role, content);
                Add(m, c, kind, CanHold(content, kind), CallerBreakpoints.IsSet(content.AdditionalProperties) || (isSet && c == message.Contents.Count - 1));
            }
        }

        IReadOnlyList<int> chosen = CacheBreakpoints.Place(CollectionsMarshal.AsSpan(slots));
        if (chosen.Count == 0) return messages;
        List<ChatMessage> marked = [.. messages];
        foreach (int at in chosen)
        {
            (int m, int c) = places[at];
            if (ReferenceEquals(marked[m], messages[m])) marked[m] = ContentCopy.ToMark(messages[m]);
            AIContent copy = marked[m].Contents[c] = ContentCopy.ToMark(messages[m].Contents[c]);
            mark(marked[m], copy);
        }

        return marked;

        void Add(int message, int content, PromptPartKind kind, bool canHold, bool isSet)
        {
            slots.Add(new BreakpointSlot(kind, canHold, isSet));
            places.Add((message, content));
        }
    }

    /// <summary>Blocks that take a breakpoint, as far as their content can be copied whole: not reasoning, not blank texts, which are not sent, and no derived types.</summary>
    private static bool CanHold(AIContent content, PromptPartKind kind) => content switch
    {
        TextContent text => content.GetType() == typeof(TextContent) && !string.IsNullOrWhiteSpace(text.Text),
        _ when kind == PromptPartKind.System => false,
        FunctionCallContent => content.GetType() == typeof(FunctionCallContent),
        FunctionResultContent => content.GetType() == typeof(FunctionResultContent),
        DataContent data => content.GetType() == typeof(DataContent) && (data.HasTopLevelMediaType("image") || data.MediaType == "application/pdf"),
        UriContent uri => content.GetType() == typeof(UriContent) && (uri.HasTopLevelMediaType("image") || uri.MediaType == "application/pdf"),
        _ => false,
    };
}
