using Headroom.Conversation.References;

namespace Headroom.Conversation;

/// <summary>A conversation up to and including one item: its outcome, the state after it, and the conversations that go on from here.</summary>
/// <remarks>Conversations with a common beginning share nodes, so a branch or a retry costs only what differs.</remarks>
internal sealed class FoldNode(FoldNode? parent, ContextItem? item, ItemOutcome? outcome, FoldState state)
{
    /// <summary>What a node, its item, its outcome and its places in dictionaries take besides texts, in characters of two bytes.</summary>
    private const int Overhead = 400;

    private readonly Lock _lock = new();
    private FoldChildren _next;
    private FoldChildren _aside;
    private VisibleIndex? _index = parent?._index;

    public FoldNode? Parent { get; } = parent;

    /// <summary>Items up to here that others may depend on.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public ContextItem? Item { get; } = item;

    /// <summary>The outcome of <see cref="Item"/>; only the root has none.</summary>
    public ItemOutcome? Outcome { get; } = outcome;

    public FoldState State { get; } = state;

    /// <summary>Outcomes that replace earlier ones from here on, by the number of their item: a step that made room. Empty nearly everywhere.</summary>
    public IReadOnlyList<(int Item, ItemOutcome Outcome)> Changes { get; init; } = [];

    /// <summary>What counts of an item that stands aside, where its tokens count: an item of as many tokens and no text.</summary>
    public ContextItem? Weight { get; init; }

    /// <summary>When the node was last walked over, on the memo's own count of walks.</summary>
    public long LastUsed { get; set; }

    /// <summary>Characters the node keeps alive, with an allowance for its objects.</summary>
    public long Size => Overhead + Changes.Count * (long)Overhead + (Item?.Text.Length ?? 0) + (ReferenceEquals(Item?.Text, Outcome?.Text) ? 0 : Outcome?.Text.Length ?? 0);

    /// <summary>Where the index of what stands visible up to here is handed on.</summary>
    public VisibleIndex? Index => Volatile.Read(ref _index);

    /// <summary>What stands visible up to here, for one owner at a time, who hands it on to the node that comes next, or back.</summary>
    /// <param name="index">Where to hand it on.</param>
    public VisibleLines TakeVisible(out VisibleIndex index)
    {
        if (Index is { } known && known.Take(this) is { } lines)
        {
            index = known;
            return lines;
        }

        Volatile.Write(ref _index, index = new VisibleIndex());
        return RebuildVisible();
    }

    /// <summary>Hands the index on to this node.</summary>
    /// <returns>Characters it keeps alive more than it did.</returns>
    public long GiveVisible(VisibleLines lines, VisibleIndex index)
    {
        Volatile.Write(ref _index, index);
        return index.Give(lines, this);
    }

    public FoldNode? Find(ContextItem item)
    {
        bool aside = FoldState.StandsAside(item);
        if ((aside ? _aside.FindRecent(item) : _next.FindRecent(item)) is { } recent) return recent;
        lock (_lock) return aside ? _aside.Find(item) : _next.Find(item);
    }

    /// <summary>Adds a continuation, or returns the one another thread added first.</summary>
    public FoldNode Add(FoldNode node, out bool added)
    {
        lock (_lock)
        {
            ref FoldChildren children = ref FoldState.StandsAside(node.Item!) ? ref _aside : ref _next;
            if (children.Find(node.Item!) is { } first)
            {
                added = false;
                return first;
            }

            children.Add(node);
            added = true;
            return node;
        }
    }

    public void Remove(FoldNode node)
    {
        lock (_lock)
        {
            if (FoldState.StandsAside(node.Item!)) _aside.Remove(node);
            else _next.Remove(node);
        }
    }

    /// <summary>The conversation up to here: its items, and what is sent of each.</summary>
    public (ContextItem[] Items, ItemOutcome[] Outcomes) Path()
    {
        var items = new ContextItem[Depth];
        var outcomes = new ItemOutcome[Depth];
        var path = new FoldNode[Depth];
        for (FoldNode node = this; node.Parent is not null; node = node.Parent) path[node.Depth - 1] = node;
        for (int i = 0; i < path.Length; i++)
        {
            (items[i], outcomes[i]) = (path[i].Item!, path[i].Outcome!);
            foreach ((int changed, ItemOutcome outcome) in path[i].Changes) outcomes[changed] = outcome;
        }

        return (items, outcomes);
    }

    private VisibleLines RebuildVisible()
    {
        (ContextItem[] items, ItemOutcome[] outcomes) = Path();
        var visible = new VisibleLines();
        for (int i = 0; i < items.Length; i++) visible.Add(items[i], outcomes[i]);
        return visible;
    }

    public IReadOnlyList<FoldNode> Next()
    {
        lock (_lock) return [.. _aside.All, .. _next.All];
    }
}
