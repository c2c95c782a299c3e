using Headroom.Extensions.AI.Ledger;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A conversation up to and including one message: what was read of it, what was made of it, and the conversations that go on from here.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MessageNode
{
    /// <summary>What a node, the copy that was sent and its blocks in the ledger take besides texts, in characters of two bytes.</summary>
    private const int Overhead = 500;

    /// <summary>Messages that look alike and were read differently, at most: only objects of an application that are written differently each time make so many.</summary>
    private const int MaxAlike = 4;

    private readonly Lock _lock = new();
    private readonly ChatRole _role;
    private readonly bool _isPinned;
    private readonly bool _hasSent;
    private MessageNode? _recent;
    private MessageNode? _recentAside;
    private Dictionary<int, MessageNode[]>? _all; // from the second on
    private SentMessage? _sent;

    public MessageNode(MessageNode? parent, ChatRole role, bool isPinned, ReadContent[] contents, int hash = 0)
    {
        Parent = parent;
        Contents = contents;
        Hash = hash;
        _role = role;
        _isPinned = isPinned;
        _hasSent = contents.Any(c => c is { IsSent: true, Items.Length: > 0 });
        Items = contents.Length == 1 ? contents[0].Items : [.. contents.SelectMany(c => c.Items)];
        Calls = [.. contents.OfType<ReadCall>()];
        Size = Overhead + contents.Sum(c => c.Characters);
    }

    public MessageNode? Parent { get; }

    /// <summary>The contents, in order.</summary>
    public ReadContent[] Contents { get; }

    /// <summary>The items of all contents, in order.</summary>
    public ContextItem[] Items { get; }

    /// <summary>The calls in it.</summary>
    public ReadCall[] Calls { get; }

    public bool IsUser => _role == ChatRole.User;

    /// <summary>The first text in it, if there is one.</summary>
    public string? FirstText => Contents.OfType<ReadText>().FirstOrDefault()?.Items[0].Text;

    /// <summary>The last text in it, if there is one.</summary>
    public string? LastText => Contents.OfType<ReadText>().LastOrDefault()?.Items[0].Text;

    /// <summary>The hash it is found by among others.</summary>
    public int Hash { get; }

    /// <summary>Characters the node keeps alive, with an allowance for its objects.</summary>
    public long Size { get; }

    /// <summary>When the node was last walked over, on the memo's own count of walks.</summary>
    public long LastUsed { get; set; }

    /// <summary>What it came to in the ledger the last time.</summary>
    public MessageBlocks? Blocks { get; set; }

    /// <summary>Whether nothing that follows is read differently for a message: then what follows stays known when the message changes.</summary>
    public static bool StandsAside(ChatMessage message)
    {
        if (message.Role != ChatRole.System) return false;
        foreach (AIContent content in message.Contents)
        {
            if (content is FunctionCallContent or FunctionResultContent) return false;
        }

        return true;
    }

    /// <summary>The node of a message that comes next, if one like it did before.</summary>
    public MessageNode? Find(ChatMessage message, IReadOnlyDictionary<string, ToolPolicy> policies)
    {
        ref MessageNode? recent = ref StandsAside(message) ? ref _recentAside : ref _recent;
        MessageNode? tried = Volatile.Read(ref recent);
        if (tried?.IsLike(message, policies) == true) return tried;
        foreach (MessageNode node in Alike(message))
        {
            if (ReferenceEquals(node, tried) || !node.IsLike(message, policies)) continue;
            Volatile.Write(ref recent, node);
            return node;
        }

        return null;
    }

    public void Add(MessageNode node, bool aside)
    {
        lock (_lock)
        {
            if (_all is null && (_recent ?? _recentAside) is not null)
            {
                _all = [];
                if (_recent is not null) Insert(_recent);
                if (_recentAside is not null) Insert(_recentAside);
            }

            if (_all is not null) Insert(node);
            Volatile.Write(ref aside ? ref _recentAside : ref _recent, node);
        }
    }

    public void Remove(MessageNode node)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_recent, node)) _recent = null;
            if (ReferenceEquals(_recentAside, node)) _recentAside = null;
            if (_all is null || !_all.TryGetValue(node.Hash, out MessageNode[]? alike)) return;
            if (alike.Length > 1) _all[node.Hash] = [.. alike.Where(n => !ReferenceEquals(n, node))];
            else _all.Remove(node.Hash);
        }
    }

    public IReadOnlyList<MessageNode> Next()
    {
        lock (_lock) return _all is not null ? [.. _all.Values.SelectMany(a => a)] : [.. new[] { _recentAside, _recent }.OfType<MessageNode>()];
    }

    /// <summary>A message like this one as it is sent: the same instance when nothing in it changes.</summary>
    /// <param name="message">The message; not changed.</param>
    /// <param name="outcomes">One outcome an item.</param>
    public ChatMessage Rewrite(ChatMessage message, ReadOnlySpan<ItemOutcome> outcomes)
    {
        if (!_hasSent) return message;
        if (Volatile.Read(ref _sent) is { } known && known.For(message, outcomes) is { } same) return same;
        ChatMessage sent = SentMessage.Make(message, Contents, outcomes, out SentMessage? kept);
        Volatile.Write(ref _sent, kept);
        return sent;
    }

    private bool IsLike(ChatMessage message, IReadOnlyDictionary<string, ToolPolicy> policies)
    {
        IList<AIContent> contents = message.Contents;
        if (contents.Count != Contents.Length || message.Role != _role || PinnedMark.IsSet(message.AdditionalProperties) != _isPinned) return false;
        for (int i = 0; i < Contents.Length; i++)
        {
            if (!Contents[i].IsLike(contents[i], policies)) return false;
        }

        return true;
    }

    private MessageNode[] Alike(ChatMessage message)
    {
        lock (_lock) return _all is not null && _all.TryGetValue(MessageHash.Of(message), out MessageNode[]? alike) ? alike : [];
    }

    private void Insert(MessageNode node) =>
        _all![node.Hash] = _all.TryGetValue(node.Hash, out MessageNode[]? alike) ? [.. alike.TakeLast(MaxAlike - 1), node] : [node];
}
