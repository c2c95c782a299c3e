namespace Headroom.Extensions.AI.Tools;

/// <summary>Remembers which conversations something was left out of.</summary>
/// <remarks>Thread-safe. Bounded: a conversation that is forgotten is sent whole in requests without tools, which costs tokens, not correctness.</remarks>
internal sealed class RecentConversations
{
    /// <summary>Conversations remembered, at about 100 bytes each.</summary>
    private const int Capacity = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly HashSet<(string Scope, string Fingerprint)> _known = [];
    private readonly Queue<(string Scope, string Fingerprint)> _oldest = new();

    public bool Contains(string scope, string fingerprint)
    {
        lock (_lock) return _known.Contains((scope, fingerprint));
    }

    public void Add(string scope, string fingerprint)
    {
        lock (_lock)
        {
            if (!_known.Add((scope, fingerprint))) return;
            _oldest.Enqueue((scope, fingerprint));
            if (_oldest.Count > Capacity) _known.Remove(_oldest.Dequeue());
        }
    }
}
