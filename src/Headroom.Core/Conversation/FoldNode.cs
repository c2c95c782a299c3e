using Headroom.Conversation.References;

namespace Headroom.Conversation;

/// <summary>A conversation up to and including one item: its outcome, the state after it, and the conversations that go on from here.</summary>
/// <remarks>Conversations with a common beginning share nodes, so a branch or a retry costs only what differs.</remarks>
internal sealed class FoldNode(FoldNode? parent, ContextItem? item, ItemOutcome? outcome, FoldState state)
{
    private readonly Lock _lock = new();
    private Dictionary<ContextItem, FoldNode>? _next;
    private VisibleLines? _visible;

    public FoldNode? Parent { get; } = parent;

    public ContextItem? Item { get; } = item;

    /// <summary>The outcome of <see cref="Item"/>; only the root has none.</summary>
    public ItemOutcome? Outcome { get; } = outcome;

    public FoldState State { get; } = state;

    /// <summary>Outcomes that replace earlier ones from here on, by the number of their item: a step that made room. Empty nearly everywhere.</summary>
    public IReadOnlyList<(int Item, ItemOutcome Outcome)> Changes { get; init; } = [];

    /// <summary>When the node was last walked over, on the memo's own count of walks.</summary>
    public long LastUsed { get; set; }

    /// <summary>Characters the node keeps alive, with an allowance for its objects.</summary>
    public long Size { get; } = 300L + (item?.Text.Length ?? 0) + (ReferenceEquals(item?.Text, outcome?.Text) ? 0 : outcome?.Text.Length ?? 0);

    /// <summary>
    /// What stands visible up to here. The index is handed on from item to item rather than copied: whoever takes it owns it, and a
    /// conversation that branches off works it out again from its own beginning.
    /// </summary>
    public VisibleLines TakeVisible() => Interlocked.Exchange(ref _visible, null) ?? RebuildVisible();

    /// <summary>Hands the index, with this item added, to the item that comes next.</summary>
    public void GiveVisible(VisibleLines visible) => Interlocked.Exchange(ref _visible, visible);

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

    /// <summary>The conversation up to here: its items, and what is sent of each.</summary>
    public (ContextItem[] Items, ItemOutcome[] Outcomes) Path()
    {
        var path = new Stack<FoldNode>();
        for (FoldNode node = this; node.Parent is not null; node = node.Parent) path.Push(node);
        var items = new ContextItem[path.Count];
        var outcomes = new ItemOutcome[path.Count];
        int i = 0;
        foreach (FoldNode node in path)
        {
            (items[i], outcomes[i++]) = (node.Item!, node.Outcome!);
            foreach ((int changed, ItemOutcome outcome) in node.Changes) outcomes[changed] = outcome;
        }

        return (items, outcomes);
    }

    private VisibleLines RebuildVisible()
    {
        (ContextItem[] items, ItemOutcome[] outcomes) = Path();
        var visible = new VisibleLines();
        for (int i = 0; i < items.Length; i++)
        {
            visible.AddCall(items[i]);
            visible.Add(items[i], outcomes[i]);
        }

        return visible;
    }

    public IReadOnlyList<FoldNode> Next()
    {
        lock (_lock) return _next is null ? [] : [.. _next.Values];
    }
}
