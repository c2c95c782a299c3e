using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using KernelCall = Microsoft.SemanticKernel.FunctionCallContent;
using KernelResult = Microsoft.SemanticKernel.FunctionResultContent;
using KernelText = Microsoft.SemanticKernel.TextContent;
using SharedCall = Microsoft.Extensions.AI.FunctionCallContent;
using SharedResult = Microsoft.Extensions.AI.FunctionResultContent;
using SharedText = Microsoft.Extensions.AI.TextContent;

namespace Headroom.SemanticKernel.Conversations;

/// <summary>A chat history as messages of a chat client, and back. What has no counterpart stands for itself and is never changed.</summary>
internal sealed class HistoryMap
{
    private readonly IReadOnlyList<ChatMessageContent> _history;
    private readonly List<List<int>> _items = []; // of each message, which part each content came from

    private HistoryMap(IReadOnlyList<ChatMessageContent> history) => _history = history;

    public List<ChatMessage> Messages { get; } = [];

    /// <summary>A message as it was handed in.</summary>
    public ChatMessageContent Original(int message) => _history[message];

    public static HistoryMap Read(IEnumerable<ChatMessageContent> history)
    {
        var map = new HistoryMap([.. history]);
        foreach (ChatMessageContent message in map._history) map.Add(message);
        return map;
    }

    /// <summary>The history with what changed of the messages. Messages in which nothing changed are the same instances.</summary>
    /// <param name="sent">As many messages as there were, the same contents in each.</param>
    /// <param name="onChanged">Told about every result that changed: its place, and the value that takes its place.</param>
    public List<ChatMessageContent> Rewrite(IReadOnlyList<ChatMessage> sent, Action<int, int, object> onChanged)
    {
        List<ChatMessageContent> rewritten = [.. _history];
        for (int m = 0; m < _history.Count; m++)
        {
            ChatMessageContentItemCollection? items = null;
            for (int c = 0; c < Messages[m].Contents.Count; c++)
            {
                if (Changed(Messages[m].Contents[c], sent[m].Contents[c]) is not { } value) continue;
                items ??= Copy(_history[m].Items);
                Put(items, _items[m][c], value);
                if (Messages[m].Contents[c] is SharedResult) onChanged(m, c, value);
            }

            if (items is not null) rewritten[m] = Copy(_history[m], items);
        }

        return rewritten;
    }

    private void Add(ChatMessageContent message)
    {
        List<AIContent> contents = [];
        List<int> from = [];
        bool hasResults = message.Items.Any(i => i is KernelResult);
        for (int i = 0; i < message.Items.Count; i++)
        {
            // Connectors put the text of a result beside the result; it is not said twice to the model.
            if (message.Items[i] is KernelText && hasResults) continue;
            contents.Add(message.Items[i] switch
            {
                KernelText text when message.Role == AuthorRole.Tool => new SharedResult("", text.Text), // how tool messages looked before there were results
                KernelText text => new SharedText(text.Text) { AdditionalProperties = text.Metadata is null ? null : new(text.Metadata) },
                KernelCall call => new SharedCall(call.Id ?? "", KernelNames.Of(call.PluginName, call.FunctionName), call.Arguments),
                KernelResult result => new SharedResult(result.CallId ?? "", result.Result),
                _ => new AIContent(),
            });
            from.Add(i);
        }

        _items.Add(from);
        Messages.Add(new ChatMessage(new ChatRole(message.Role.Label ?? "user"), contents));
    }

    private static object? Changed(AIContent before, AIContent after) => (before, after) switch
    {
        (SharedText b, SharedText a) => string.Equals(b.Text, a.Text, StringComparison.Ordinal) ? null : a.Text,
        (SharedResult b, SharedResult a) => Equals(b.Result, a.Result) ? null : a.Result,
        _ => null,
    };

    private static void Put(ChatMessageContentItemCollection items, int at, object value)
    {
        if (items[at] is KernelText text)
        {
            items[at] = Copy(text, (string)value);
            return;
        }

        var result = (KernelResult)items[at];
        items[at] = new KernelResult(result.FunctionName, result.PluginName, result.CallId, value) { MimeType = result.MimeType, ModelId = result.ModelId, Metadata = result.Metadata };
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is KernelText said && value is string now && string.Equals(said.Text, result.Result as string, StringComparison.Ordinal)) items[i] = Copy(said, now);
        }
    }

    private static KernelText Copy(KernelText text, string now) => new(now, text.ModelId, encoding: text.Encoding, metadata: text.Metadata) { MimeType = text.MimeType };

    private static ChatMessageContentItemCollection Copy(ChatMessageContentItemCollection items)
    {
        ChatMessageContentItemCollection copy = [];
        foreach (KernelContent item in (IEnumerable<KernelContent>)items) copy.Add(item);
        return copy;
    }

    /// <summary>A copy without the connector's own form of the message, which would be preferred to what it says.</summary>
    private static ChatMessageContent Copy(ChatMessageContent message, ChatMessageContentItemCollection items) =>
        new(message.Role, items, message.ModelId, innerContent: null, message.Encoding, message.Metadata) { AuthorName = message.AuthorName, MimeType = message.MimeType };
}
