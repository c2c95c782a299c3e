using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Every text of a conversation the model reads, in order, and where each of them stands.</summary>
internal sealed class ConversationMap
{
    /// <summary>Messages looked through for a call before the calls of the whole conversation are listed: results follow their calls closely.</summary>
    private const int NearestMessages = 16;

    private readonly ChatMessage[] _messages;
    private readonly MessageNode[] _nodes; // the instructions first, if there are any
    private readonly int _first;
    private Dictionary<string, ReadCall>? _calls;
    private int _listed;

    private ConversationMap(ChatMessage[] messages, int first)
    {
        _messages = messages;
        _first = first;
        _nodes = new MessageNode[messages.Length + first];
    }

    /// <summary>The items, oldest first.</summary>
    public IReadOnlyList<ContextItem> Items { get; private set; } = [];

    /// <summary>The messages as they were read, with the system text that precedes them first, if there is one.</summary>
    public IReadOnlyList<MessageNode> Nodes => _nodes;

    /// <summary>The last text of the user, if there is one.</summary>
    public string? LastUserText => Array.FindLast(_nodes, n => n is { IsUser: true, FirstText: not null })?.LastText;

    /// <summary>The first call of a tool, if there is one.</summary>
    public string? FirstCallId => Array.Find(_nodes, n => n.Calls.Length > 0)?.Calls[0].CallId;

    /// <summary>The first text of the user, if there is one.</summary>
    public string? FirstUserText => Array.Find(_nodes, n => n is { IsUser: true, FirstText: not null })?.FirstText;

    /// <summary>Reads a conversation.</summary>
    /// <param name="messages">The messages. Not changed.</param>
    /// <param name="instructions">The system text that precedes them, if any.</param>
    /// <param name="policies">What tools say about their own results, by name.</param>
    /// <param name="memo">What was read before.</param>
    /// <param name="onUnreadable">Told about results that cannot be read; they stay as they are.</param>
    public static ConversationMap Read(
        ChatMessage[] messages, string? instructions, IReadOnlyDictionary<string, ToolPolicy> policies, MessageMemo memo, Action<Exception> onUnreadable)
    {
        var map = new ConversationMap(messages, string.IsNullOrEmpty(instructions) ? 0 : 1);
        MessageNode at = memo.Start(out long walk);
        int items = 0;
        for (int n = 0; n < map._nodes.Length; n++)
        {
            ChatMessage message = n < map._first ? new ChatMessage(ChatRole.System, instructions) : messages[n - map._first];
            bool aside = MessageNode.StandsAside(message);
            MessageNode? next = at.Find(message, policies);
            if (next is null) memo.Remember(next = map.Read(at, message, n, policies, onUnreadable), aside, walk);
            next.LastUsed = walk;
            map._nodes[n] = next;
            items += next.Items.Length;
            if (!aside) at = next;
        }

        var all = new ContextItem[items];
        items = 0;
        foreach (MessageNode node in map._nodes)
        {
            foreach (ContextItem item in node.Items) all[items++] = item;
        }

        map.Items = all;
        return map;
    }

    /// <summary>Where each item came from.</summary>
    public ItemPlace[] Places()
    {
        var places = new ItemPlace[Items.Count];
        for (int n = 0, item = 0; n < _nodes.Length; n++)
        {
            for (int c = 0; c < _nodes[n].Contents.Length; c++)
            {
                for (int i = 0; i < _nodes[n].Contents[c].Items.Length; i++) places[item++] = new ItemPlace(n - _first, c, i, _nodes[n].Contents[c]);
            }
        }

        return places;
    }

    /// <summary>The messages with the outcomes in the place of the items. Messages in which nothing changed are the same instances.</summary>
    /// <param name="outcomes">One outcome an item.</param>
    public List<ChatMessage> Rewrite(IReadOnlyList<ItemOutcome> outcomes)
    {
        ReadOnlySpan<ItemOutcome> all = outcomes as ItemOutcome[] ?? [.. outcomes];
        var rewritten = new List<ChatMessage>(_messages.Length);
        int item = 0;
        for (int n = 0; n < _nodes.Length; item += _nodes[n++].Items.Length)
        {
            if (n >= _first) rewritten.Add(_nodes[n].Rewrite(_messages[n - _first], all.Slice(item, _nodes[n].Items.Length)));
        }

        return rewritten;
    }

    /// <summary>The items that are sent and stand after the last turn of the model, so that it has not read them yet.</summary>
    /// <param name="outcomes">One outcome an item.</param>
    public IEnumerable<(ItemOutcome Outcome, string Text, string Inflated)> NewItems(IReadOnlyList<ItemOutcome> outcomes)
    {
        int item = Items.Count, n = _nodes.Length;
        while (n > _first && _messages[n - _first - 1].Role != ChatRole.Assistant) item -= _nodes[--n].Items.Length;
        for (; n < _nodes.Length; n++)
        {
            foreach (ReadContent content in _nodes[n].Contents)
            {
                for (int i = 0; i < content.Items.Length; i++, item++)
                {
                    if (content.IsSent) yield return (outcomes[item], content.Items[i].Text, content.InflatedText(i));
                }
            }
        }
    }

    /// <summary>The originals of what was cut, by id.</summary>
    /// <param name="outcomes">One outcome an item.</param>
    public IEnumerable<(string Id, string Original)> Originals(IReadOnlyList<ItemOutcome> outcomes)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] is { Form: ItemForm.Elided, OriginalId: { } id }) yield return (id, Items[i].Text);
        }
    }

    /// <summary>The ids that occur in what is sent of the items.</summary>
    /// <param name="outcomes">One outcome an item.</param>
    public IEnumerable<string> Ids(IReadOnlyList<ItemOutcome> outcomes)
    {
        int item = 0;
        foreach (ReadContent content in _nodes.SelectMany(n => n.Contents))
        {
            for (int i = 0; i < content.Items.Length; i++, item++)
            {
                if (!content.IsSent) continue;
                foreach (string id in MarkerGrammar.FindIds(outcomes[item].Text)) yield return id;
            }
        }
    }

    private MessageNode Read(MessageNode parent, ChatMessage message, int at, IReadOnlyDictionary<string, ToolPolicy> policies, Action<Exception> onUnreadable)
    {
        bool isPinned = PinnedMark.IsSet(message.AdditionalProperties);
        var contents = new ReadContent[message.Contents.Count];
        for (int c = 0; c < contents.Length; c++)
        {
            contents[c] = message.Contents[c] switch
            {
                TextContent { Text.Length: > 0 } text => new ReadText(text, message.Role, isPinned),
                FunctionCallContent call => new ReadCall(call),
                FunctionResultContent result when result.GetType() == typeof(FunctionResultContent) => // a derived type may mean more than it shows
                    new ReadResult(result, FindCall(result.CallId, contents.AsSpan(0, c), at), isPinned, policies, onUnreadable),
                var other => new ReadOther(other),
            };
        }

        return new MessageNode(parent, message.Role, isPinned, contents, MessageHash.Of(message));
    }

    /// <summary>The call of a result: the nearest before it that has its id.</summary>
    private ReadCall? FindCall(string id, ReadOnlySpan<ReadContent> before, int at)
    {
        for (int c = before.Length - 1; c >= 0; c--)
        {
            if (before[c] is ReadCall call && string.Equals(call.CallId, id, StringComparison.Ordinal)) return call;
        }

        for (int n = at - 1; n >= Math.Max(0, at - NearestMessages); n--)
        {
            if (Array.FindLast(_nodes[n].Calls, c => string.Equals(c.CallId, id, StringComparison.Ordinal)) is { } call) return call;
        }

        _calls ??= new Dictionary<string, ReadCall>(StringComparer.Ordinal);
        for (; _listed < at; _listed++)
        {
            foreach (ReadCall call in _nodes[_listed].Calls) _calls[call.CallId] = call;
        }

        return _calls.GetValueOrDefault(id);
    }
}
