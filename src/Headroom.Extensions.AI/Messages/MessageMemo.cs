using System.Runtime.CompilerServices;

namespace Headroom.Extensions.AI.Messages;

/// <summary>Remembers the messages of conversations as they were read, so that a history handed in again is recognised rather than read again.</summary>
/// <remarks>
/// Thread-safe. Bounded: the conversations idle for longest go first, and are simply read again when they come back. A tree of prefixes, as the fold's own:
/// what a result is read as depends on the calls before it.
/// </remarks>
/// <param name="maxCharacters">Characters held at most.</param>
internal sealed class MessageMemo(long maxCharacters)
{
    private static readonly ConditionalWeakTable<ConversationCompressor, MessageMemo> s_memos = [];

    private readonly Lock _lock = new();
    private readonly MessageNode _root = new(null, default, false, []);
    private long _characters;
    private long _walks;
    private long _read;

    /// <summary>Characters currently held.</summary>
    public long Characters => Interlocked.Read(ref _characters);

    /// <summary>Messages that had to be read so far.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>The memo of all front doors that share an engine: a host may make a client for every request.</summary>
    public static MessageMemo Of(ConversationCompressor compressor) => s_memos.GetValue(compressor, c => new MessageMemo(c.MaxRememberedCharacters));

    /// <summary>The empty conversation, and the number of this walk.</summary>
    public MessageNode Start(out long walk)
    {
        walk = Interlocked.Increment(ref _walks);
        return _root;
    }

    /// <summary>Remembers a message that goes on from its parent.</summary>
    /// <param name="node">The message.</param>
    /// <param name="aside">Whether nothing goes on from it.</param>
    /// <param name="walk">The number of the walk that came to it.</param>
    public void Remember(MessageNode node, bool aside, long walk)
    {
        node.LastUsed = walk;
        Interlocked.Increment(ref _read);
        node.Parent!.Add(node, aside);
        if (Interlocked.Add(ref _characters, node.Size) > maxCharacters) Shrink();
    }

    /// <summary>Drops what was idle for longest until half is free: rarely, and n log n when it happens.</summary>
    private void Shrink()
    {
        lock (_lock)
        {
            if (Characters <= maxCharacters) return;
            List<MessageNode> nodes = [];
            var pending = new Stack<MessageNode>(_root.Next());
            while (pending.TryPop(out MessageNode? node))
            {
                nodes.Add(node);
                foreach (MessageNode next in node.Next()) pending.Push(next);
            }

            long held = nodes.Sum(n => n.Size); // counted anew: what a racing walk hung on a dropped node is gone with it
            // Parents come later than children by age, and of equals the deepest was collected last: no child is stranded.
            foreach (MessageNode node in nodes.Select((n, i) => (n, i)).OrderBy(p => p.n.LastUsed).ThenByDescending(p => p.i).Select(p => p.n))
            {
                if (held <= maxCharacters / 2) break;
                node.Parent!.Remove(node);
                held -= node.Size;
            }

            Interlocked.Exchange(ref _characters, held);
        }
    }
}
