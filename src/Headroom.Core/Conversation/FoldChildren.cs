namespace Headroom.Conversation;

/// <summary>The continuations of a node. Nearly always there is one, and then it is found without hashing.</summary>
/// <remarks>Not thread-safe but for <see cref="FindRecent"/>.</remarks>
internal struct FoldChildren
{
    private volatile FoldNode? _recent;
    private Dictionary<ContextItem, FoldNode>? _all; // from the second on

    /// <summary>The continuation by <paramref name="item"/> if it was the last one used.</summary>
    public readonly FoldNode? FindRecent(ContextItem item) => _recent is { } recent && recent.Item!.Equals(item) ? recent : null;

    public FoldNode? Find(ContextItem item)
    {
        if (_all is null || !_all.TryGetValue(item, out FoldNode? found)) return FindRecent(item);
        return _recent = found;
    }

    public void Add(FoldNode node)
    {
        if (_recent is { } other && _all is null) _all = new(ContextItemComparer.Instance) { [other.Item!] = other };
        _all?.Add(node.Item!, node);
        _recent = node;
    }

    public void Remove(FoldNode node)
    {
        _all?.Remove(node.Item!);
        if (ReferenceEquals(_recent, node)) _recent = null;
    }

    public readonly IEnumerable<FoldNode> All => _all is not null ? _all.Values : _recent is { } only ? [only] : [];
}
