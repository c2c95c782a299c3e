using Headroom.Storage;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Every text of a conversation the model reads, in order, and where each of them stands.</summary>
internal sealed class ConversationMap
{
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly IReadOnlyDictionary<string, ToolPolicy> _policies;
    private readonly List<ContextItem> _items = [];
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<string, FunctionCallContent> _calls = new(StringComparer.Ordinal);

    private readonly int _lastTurn;
    private string? _firstUserText;
    private string? _firstCallId;

    private ConversationMap(IReadOnlyList<ChatMessage> messages, IReadOnlyDictionary<string, ToolPolicy> policies)
    {
        _messages = messages;
        _policies = policies;
        for (_lastTurn = messages.Count - 1; _lastTurn >= 0 && messages[_lastTurn].Role != ChatRole.Assistant;) _lastTurn--;
    }

    /// <summary>The items, oldest first.</summary>
    public IReadOnlyList<ContextItem> Items => _items;

    /// <summary>The last text of the user, if there is one.</summary>
    public string? LastUserText { get; private set; }

    /// <summary>What tells this conversation from others as long as it lasts: its first user text and first tool call; <see langword="null"/> before the first call.</summary>
    public string? Fingerprint => _firstCallId is null ? null : OriginalId.Compute($"{_firstUserText}\n{_firstCallId}", 26);

    /// <summary>A place an item came from: a part of a content of a message. Items that are only looked at are not sent from here.</summary>
    private readonly record struct Slot(int Message, int Content, ToolResult? Result, bool IsSent);

    /// <summary>Reads a conversation.</summary>
    /// <param name="messages">The messages. Not changed.</param>
    /// <param name="instructions">The system text that precedes them, if any.</param>
    /// <param name="policies">What tools say about their own results, by name.</param>
    /// <param name="onUnreadable">Told about results that cannot be read; they stay as they are.</param>
    public static ConversationMap Read(IReadOnlyList<ChatMessage> messages, string? instructions, IReadOnlyDictionary<string, ToolPolicy> policies, Action<Exception> onUnreadable)
    {
        var map = new ConversationMap(messages, policies);
        if (!string.IsNullOrEmpty(instructions)) map.Look(new ContextItem { Text = instructions, Role = ItemRole.System }, -1, 0);
        for (int m = 0; m < messages.Count; m++)
        {
            for (int c = 0; c < messages[m].Contents.Count; c++)
            {
                switch (messages[m].Contents[c])
                {
                    case TextContent { Text.Length: > 0 } text:
                        map.AddText(text, messages[m].Role, m, c);
                        break;
                    case FunctionCallContent call:
                        map._firstCallId ??= call.CallId;
                        map._calls[call.CallId] = call;
                        break;
                    case FunctionResultContent result when result.GetType() == typeof(FunctionResultContent): // a derived type may mean more than it shows
                        map.AddResult(result, m, c, onUnreadable);
                        break;
                }
            }
        }

        return map;
    }

    /// <summary>Whether an item stands after the last turn of the model, so that the model has not read it yet.</summary>
    public bool IsNew(int item) => _slots[item].IsSent && _slots[item].Message > _lastTurn;

    /// <summary>Whether an item stands in the messages as its outcome says, rather than being only looked at.</summary>
    public bool IsSent(int item) => _slots[item].IsSent;

    /// <summary>Whether an item is the system text that precedes the messages.</summary>
    public bool IsInstructions(int item) => _slots[item].Message < 0;

    /// <summary>Whether an item came from this content of this message.</summary>
    public bool IsAt(int item, int message, int content) => _slots[item].Message == message && _slots[item].Content == content;

    /// <summary>The text of an item as an adapter would have sent it.</summary>
    public string InflatedText(int item) => _slots[item].Result?.InflatedText() ?? _items[item].Text;

    /// <summary>The messages with the outcomes in the place of the items. Messages in which nothing changed are the same instances.</summary>
    /// <param name="outcomes">One outcome an item.</param>
    public List<ChatMessage> Rewrite(IReadOnlyList<ItemOutcome> outcomes)
    {
        List<ChatMessage> rewritten = [.. _messages];
        for (int i = 0; i < _slots.Count;)
        {
            Slot slot = _slots[i];
            int next = i + 1;
            while (next < _slots.Count && _slots[next].Message == slot.Message && _slots[next].Content == slot.Content) next++;
            if (slot.IsSent)
            {
                string[] texts = [.. outcomes.Skip(i).Take(next - i).Select(o => o.Text)];
                Put(rewritten, slot, texts);
            }

            i = next;
        }

        return rewritten;
    }

    private void Put(List<ChatMessage> rewritten, Slot slot, string[] texts)
    {
        AIContent before = _messages[slot.Message].Contents[slot.Content];
        AIContent after = before switch
        {
            TextContent text => ContentCopy.WithText(text, texts[0]),
            FunctionResultContent result => ContentCopy.WithResult(result, slot.Result!.With(texts)),
            _ => before,
        };
        if (ReferenceEquals(before, after)) return;
        if (ReferenceEquals(rewritten[slot.Message], _messages[slot.Message]))
            rewritten[slot.Message] = ContentCopy.WithContents(_messages[slot.Message], [.. _messages[slot.Message].Contents]);
        rewritten[slot.Message].Contents[slot.Content] = after;
    }

    private void Look(ContextItem item, int message, int content)
    {
        _items.Add(item);
        _slots.Add(new Slot(message, content, null, false));
    }

    private bool IsPinned(AIContent content, int message) => PinnedMark.IsSet(content.AdditionalProperties) || PinnedMark.IsSet(_messages[message].AdditionalProperties);

    private void AddText(TextContent text, ChatRole role, int message, int content)
    {
        if (role == ChatRole.User)
        {
            LastUserText = text.Text;
            _firstUserText ??= text.Text;
        }

        bool marked = CompressibleText.IsMarked(text, out string? query) && role == ChatRole.User && !IsPinned(text, message);
        var item = new ContextItem
        {
            Text = text.Text,
            Role = role == ChatRole.User ? ItemRole.User : role == ChatRole.Assistant ? ItemRole.Assistant : role == ChatRole.Tool ? ItemRole.Tool : ItemRole.System,
            IsCompressible = marked,
            IsPinned = !marked,
            Question = query,
        };
        if (!marked)
        {
            Look(item, message, content);
            return;
        }

        _items.Add(item);
        _slots.Add(new Slot(message, content, null, true));
    }

    private void AddResult(FunctionResultContent content, int message, int index, Action<Exception> onUnreadable)
    {
        ToolResult result;
        string? arguments = null;
        _calls.TryGetValue(content.CallId, out FunctionCallContent? call);
#pragma warning disable CA1031 // A value the serialiser cannot write is the adapter's affair; it passes untouched (law 8).
        try
        {
            result = ToolResult.Read(content.Result);
            if (call?.Arguments is { Count: > 0 } given) arguments = CompactJson.WriteArguments(given);
        }
        catch (Exception e)
        {
            onUnreadable(e);
            return;
        }
#pragma warning restore CA1031
        bool isError = content.Exception is not null || result.IsError, isPinned = IsPinned(content, message);
        for (int part = 0; part < result.Texts.Count; part++)
        {
            var item = new ContextItem
            {
                // What passes as it is, the model reads as the adapter makes it.
                Text = isError || isPinned ? result.InflatedText() ?? result.Texts[part] : result.Texts[part],
                Role = ItemRole.Tool,
                ToolName = call?.Name,
                CallId = content.CallId,
                Arguments = arguments,
                IsError = isError,
                IsPinned = isPinned,
                Policy = call is null ? ToolPolicy.Inherit : _policies.GetValueOrDefault(call.Name),
            };
            if (isError || isPinned)
            {
                Look(item, message, index);
                continue;
            }

            _items.Add(item);
            _slots.Add(new Slot(message, index, result, true));
        }
    }
}
