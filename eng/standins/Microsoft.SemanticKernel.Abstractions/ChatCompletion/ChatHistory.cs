using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Stand-in. The messages of a conversation.</summary>
public class ChatHistory : IList<ChatMessageContent>, IReadOnlyList<ChatMessageContent>
{
    private readonly List<ChatMessageContent> _messages;

    public ChatHistory() => _messages = [];

    public ChatHistory(string systemMessage) => _messages = [new ChatMessageContent(AuthorRole.System, systemMessage)];

    public ChatHistory(IEnumerable<ChatMessageContent> messages) => _messages = [.. messages];

    public virtual int Count => _messages.Count;

    bool ICollection<ChatMessageContent>.IsReadOnly => false;

    public virtual ChatMessageContent this[int index]
    {
        get => _messages[index];
        set => _messages[index] = value;
    }

    public void AddUserMessage(string content) => Add(new ChatMessageContent(AuthorRole.User, content));

    public void AddAssistantMessage(string content) => Add(new ChatMessageContent(AuthorRole.Assistant, content));

    public void AddMessage(AuthorRole authorRole, string content) => Add(new ChatMessageContent(authorRole, content));

    public void AddSystemMessage(string content) => Add(new ChatMessageContent(AuthorRole.System, content));

    public virtual void Add(ChatMessageContent item) => _messages.Add(item);

    public virtual void AddRange(IEnumerable<ChatMessageContent> items) => _messages.AddRange(items);

    public virtual void Insert(int index, ChatMessageContent item) => _messages.Insert(index, item);

    public virtual void CopyTo(ChatMessageContent[] array, int arrayIndex) => _messages.CopyTo(array, arrayIndex);

    public virtual void Clear() => _messages.Clear();

    public virtual bool Contains(ChatMessageContent item) => _messages.Contains(item);

    public virtual int IndexOf(ChatMessageContent item) => _messages.IndexOf(item);

    public virtual void RemoveAt(int index) => _messages.RemoveAt(index);

    public virtual bool Remove(ChatMessageContent item) => _messages.Remove(item);

    IEnumerator<ChatMessageContent> IEnumerable<ChatMessageContent>.GetEnumerator() => _messages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _messages.GetEnumerator();
}

/// <summary>Stand-in. The parts of a message.</summary>
public class ChatMessageContentItemCollection : IList<KernelContent>
{
    private readonly List<KernelContent> _items = [];

    public int Count => _items.Count;

    bool ICollection<KernelContent>.IsReadOnly => false;

    public KernelContent this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(KernelContent item) => _items.Add(item);

    public void Clear() => _items.Clear();

    public bool Contains(KernelContent item) => _items.Contains(item);

    public void CopyTo(KernelContent[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public int IndexOf(KernelContent item) => _items.IndexOf(item);

    public void Insert(int index, KernelContent item) => _items.Insert(index, item);

    public bool Remove(KernelContent item) => _items.Remove(item);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    IEnumerator<KernelContent> IEnumerable<KernelContent>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// <summary>Stand-in. Makes histories smaller.</summary>
public interface IChatHistoryReducer
{
    Task<IEnumerable<ChatMessageContent>?> ReduceAsync(IReadOnlyList<ChatMessageContent> chatHistory, CancellationToken cancellationToken = default);
}

/// <summary>Stand-in. Uses reducers.</summary>
public static class ChatHistoryExtensions
{
    public static async Task<bool> ReduceInPlaceAsync(this ChatHistory chatHistory, IChatHistoryReducer? reducer, CancellationToken cancellationToken)
    {
        if (reducer is null || await reducer.ReduceAsync(chatHistory, cancellationToken).ConfigureAwait(false) is not { } reduced) return false;
        ChatMessageContent[] messages = [.. reduced];
        chatHistory.Clear();
        chatHistory.AddRange(messages);
        return true;
    }

    internal static List<ChatMessage> ToChatMessageList(this ChatHistory chatHistory) => [.. chatHistory.Select(m => m.ToChatMessage())];

    private static IEnumerable<ChatMessage> Select(this ChatHistory chatHistory, Func<ChatMessageContent, ChatMessage> convert)
    {
        foreach (ChatMessageContent message in (IEnumerable<ChatMessageContent>)chatHistory) yield return convert(message);
    }
}
