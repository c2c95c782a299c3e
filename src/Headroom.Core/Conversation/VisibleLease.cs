using Headroom.Conversation.References;

namespace Headroom.Conversation;

/// <summary>The index of what stands visible, as one walk over a conversation owns it: taken when the first item has to be worked out, handed back at the end.</summary>
/// <remarks>Not thread-safe. A walk that keeps it needs it to be remembered by nobody meanwhile, however little may be remembered.</remarks>
internal sealed class VisibleLease(FoldMemo memo)
{
    private VisibleLines? _lines;
    private VisibleIndex? _index;
    private FoldNode? _node;

    /// <summary>What stands visible when an item comes after a node: what its tool was called with as well.</summary>
    public VisibleLines Before(FoldNode node, ContextItem item)
    {
        VisibleLines lines = At(node);
        lines.AddCall(item);
        return lines;
    }

    private VisibleLines At(FoldNode node)
    {
        if (_lines is not null && ReferenceEquals(_node, node)) return _lines;
        Return();
        _lines = node.TakeVisible(out _index);
        _node = node;
        return _lines;
    }

    /// <summary>Adds the item of a node to what stood visible before it.</summary>
    public void Add(FoldNode node)
    {
        VisibleLines lines = At(node.Parent!);
        _node = null; // should adding fail half way, nobody gets it
        lines.Add(node.Item!, node.Outcome!);
        _node = node;
    }

    /// <summary>Takes another index for a node: earlier items have other outcomes there.</summary>
    public void Replace(FoldNode node, VisibleLines lines)
    {
        Return();
        (_lines, _index, _node) = (lines, new VisibleIndex(), node);
    }

    /// <summary>Hands it back, also after a step that was cancelled.</summary>
    public void Return()
    {
        if (_lines is not null && _node is not null) memo.Account(_node.GiveVisible(_lines, _index!));
        (_lines, _index, _node) = (null, null, null);
    }
}
