using System.Collections.Concurrent;

namespace Headroom.Conversation;

/// <summary>Remembers what went out whole because no store took it, so that it stays whole when its conversation is worked out again and the store has recovered.</summary>
/// <remarks>Thread-safe. Bounded: beyond, the oldest are forgotten, and may be cut once their conversation has been forgotten too.</remarks>
internal sealed class Refusals
{
    /// <summary>Texts remembered, at about 200 bytes each: an outage of an hour on a busy server.</summary>
    private const int Capacity = 16 * 1024;

    private readonly ConcurrentDictionary<(string Scope, string Id, string Question), bool> _known = new();
    private readonly ConcurrentQueue<(string Scope, string Id, string Question)> _oldest = new();

    /// <summary>Whether a text was refused as the answer to this question: the same text elsewhere has a chance of its own.</summary>
    public bool Contains(string scope, string id, string question) => !_known.IsEmpty && _known.ContainsKey((scope, id, question));

    public void Add(string scope, string id, string question)
    {
        if (!_known.TryAdd((scope, id, question), true)) return;
        _oldest.Enqueue((scope, id, question));
        if (_oldest.Count > Capacity && _oldest.TryDequeue(out var forgotten)) _known.TryRemove(forgotten, out _);
    }
}
