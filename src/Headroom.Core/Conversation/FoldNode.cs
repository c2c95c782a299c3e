namespace Headroom.Conversation;

/// <summary>A conversation up to and including one item: its outcome, the state after it, and the conversations that go on from here.</summary>
/// <remarks>Conversations with a common beginning share nodes, so a branch or a retry costs only what differs.</remarks>
internal sealed class FoldNode(FoldNode? parent, ContextItem? item, ItemOutcome? outcome, FoldState state)
{
    private readonly Lock _lock = new();
    private Dictionary<ContextItem, FoldNode>? _next;

    public FoldNode? Parent { get; } = parent;

    public ContextItem? Item { get; } = item;

    /// <summary>The outcome of <see cref="Item"/>; only the root has none.</summary>
    public ItemOutcome? Outcome { get; } = outcome;

    public FoldState State { get; } = state;

    /// <summary>When the node was last walked over, on the memo's own count of walks.</summary>
    public long LastUsed { get; set; }

    /// <summary>Characters the node keeps alive, with an allowance for its objects.</summary>
    public long Size { get; } = 300L + (item?.Text.Length ?? 0) + (ReferenceEquals(item?.Text, outcome?.Text) ? 0 : outcome?.Text.Length ?? 0);

    public FoldNode? Find(ContextItem item)
    {
        lock (_lock) return _next is not null && _next.TryGetValue(item, out FoldNode? node) ? node : null;
    }

    /// <summary>Adds a continuation, or returns the one another thread added first.</summary>
    public FoldNode Add(FoldNode node, out bool added)
    {
        lock (_lock)
        {
            _next ??= new Dictionary<ContextItem, FoldNode>(ContextItemComparer.Instance);
            added = _next.TryAdd(node.Item!, node);
            return added ? node : _next[node.Item!];
        }
    }

    public void Remove(FoldNode node)
    {
        lock (_lock) _next?.Remove(node.Item!);
    }

    public IReadOnlyList<FoldNode> Next()
    {
        lock (_lock) return _next is null ? [] : [.. _next.Values];
    }
}
