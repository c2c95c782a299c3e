namespace Headroom.Conversation;

/// <summary>Remembers conversations already folded, so that one that grew by an item costs that item, and a choice once made stays made.</summary>
/// <remarks>Thread-safe. Bounded: the conversations idle for longest go first, and are simply worked out again when they come back.</remarks>
/// <param name="maxCharacters">Characters of originals, outcomes and indexes held at most.</param>
internal sealed class FoldMemo(long maxCharacters)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ConversationContext, FoldNode> _roots = [];
    private long _characters;
    private long _walks;

    /// <summary>Characters currently held.</summary>
    public long Characters => Interlocked.Read(ref _characters);

    /// <summary>The empty conversation in <paramref name="context"/>, and the number of this walk.</summary>
    public FoldNode Start(ConversationContext context, out long walk)
    {
        walk = Interlocked.Increment(ref _walks);
        lock (_lock)
        {
            if (!_roots.TryGetValue(context, out FoldNode? root)) _roots.Add(context, root = new FoldNode(null, null, null, FoldState.Start));
            root.LastUsed = walk;
            return root;
        }
    }

    /// <summary>Remembers that <paramref name="node"/> goes on from its parent; returns the node that was first.</summary>
    /// <param name="node">The node.</param>
    /// <param name="walk">The number of the walk that came to it.</param>
    public FoldNode Remember(FoldNode node, long walk)
    {
        node.LastUsed = walk;
        FoldNode first = node.Parent!.Add(node, out bool added);
        if (added) Account(node.Size);
        return first;
    }

    /// <summary>Takes account of characters that are held from now on.</summary>
    public void Account(long characters)
    {
        if (Interlocked.Add(ref _characters, characters) > maxCharacters) Shrink();
    }

    /// <summary>Drops what was idle for longest until half is free: rarely, and n log n when it happens.</summary>
    private void Shrink()
    {
        lock (_lock)
        {
            if (Characters <= maxCharacters) return;
            List<FoldNode> nodes = [];
            foreach (FoldNode root in _roots.Values) Collect(root, nodes);
            // Counted anew: what a racing walk hung on a dropped node is gone with it.
            long held = nodes.Sum(n => n.Size) + nodes.Select(n => n.Index).Distinct().Sum(i => i?.Size ?? 0);
            // A node is walked over whenever one of its continuations is, so by age children come no later than their parents:
            // taking the oldest first, and of equals the deepest (collected last), never strands a child.
            foreach (FoldNode node in nodes.Select((n, i) => (n, i)).OrderBy(p => p.n.LastUsed).ThenByDescending(p => p.i).Select(p => p.n))
            {
                if (held <= maxCharacters / 2) break;
                node.Parent!.Remove(node);
                held -= node.Size + (node.Index?.Drop(node) ?? 0);
            }

            Interlocked.Exchange(ref _characters, held);
            foreach (ConversationContext context in _roots.Where(r => r.Value.Next().Count == 0).Select(r => r.Key).ToList()) _roots.Remove(context);
        }
    }

    private static void Collect(FoldNode root, List<FoldNode> nodes)
    {
        var pending = new Stack<FoldNode>(root.Next());
        while (pending.TryPop(out FoldNode? node))
        {
            nodes.Add(node);
            foreach (FoldNode next in node.Next()) pending.Push(next);
        }
    }
}
