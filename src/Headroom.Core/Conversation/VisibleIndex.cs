using Headroom.Conversation.References;

namespace Headroom.Conversation;

/// <summary>
/// The index of what stands visible, handed on from item to item of a conversation rather than copied: whoever takes it owns it. All nodes that it was handed
/// on through share one of these, so that a conversation that goes on from an earlier item (a retry, a message that was only there once) finds it
/// and takes back what came after.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class VisibleIndex
{
    private readonly Lock _lock = new();
    private VisibleLines? _lines;
    private FoldNode? _top;

    /// <summary>Characters the index was last known to keep alive, whoever owns it just now.</summary>
    public long Size { get; private set; }

    /// <summary>The index as it was at a node; <see langword="null"/> where another owns it, or where taking back would cost more than making it anew.</summary>
    public VisibleLines? Take(FoldNode node)
    {
        lock (_lock)
        {
            if (_lines is not { } lines || !LeadsBackTo(node)) return null;
            (_lines, _top) = (null, null);
            lines.TakeBack(node.Depth);
            return lines;
        }
    }

    /// <summary>Hands the index on.</summary>
    /// <param name="lines">The index.</param>
    /// <param name="node">The item it was added to last.</param>
    /// <returns>Characters it keeps alive more than it did.</returns>
    public long Give(VisibleLines lines, FoldNode node)
    {
        lock (_lock)
        {
            (_lines, _top) = (lines, node);
            long more = lines.Size - Size;
            Size = lines.Size;
            return more;
        }
    }

    /// <summary>Forgets the index where it belongs to a node that is forgotten.</summary>
    /// <returns>Characters that are free.</returns>
    public long Drop(FoldNode node)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_top, node)) return 0;
            long freed = Size;
            (_lines, _top, Size) = (null, null, 0);
            return freed;
        }
    }

    private bool LeadsBackTo(FoldNode node)
    {
        FoldNode at = _top!;
        if (at.Depth - node.Depth > node.Depth) return false;
        while (at.Depth > node.Depth) at = at.Parent!;
        return ReferenceEquals(at, node);
    }
}
