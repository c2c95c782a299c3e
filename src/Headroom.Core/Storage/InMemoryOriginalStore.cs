namespace Headroom.Storage;

/// <summary>Keeps originals in memory, up to a size; those idle longest go first.</summary>
/// <remarks>Thread-safe. What it holds is gone when the process ends. It remembers the ids of what it dropped, so that "dropped" can be told from "never stored".</remarks>
public sealed class InMemoryOriginalStore : IOriginalStore
{
    /// <summary>Bytes kept by default, 256 MB: the tool results of a few hundred long conversations.</summary>
    public const long DefaultMaxBytes = 256L * 1024 * 1024;

    /// <summary>Dropped ids remembered, at about 100 bytes each: 1.6 MB, and far more than one conversation ever asks for.</summary>
    private const int MaxRemembered = 16 * 1024;

    /// <summary>What an entry costs besides its characters: key, nodes and object headers, rounded up.</summary>
    private const int EntryOverhead = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<OriginalKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _idleFirst = new();
    private readonly HashSet<OriginalKey> _dropped = [];
    private readonly Queue<OriginalKey> _droppedFirst = new();
    private readonly long _maxBytes;
    private long _bytes;

    /// <summary>Creates an empty store.</summary>
    /// <param name="maxBytes">Bytes to keep at most, entries' overhead included. The default is <see cref="DefaultMaxBytes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is not positive.</exception>
    public InMemoryOriginalStore(long maxBytes = DefaultMaxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        _maxBytes = maxBytes;
    }

    private readonly record struct Entry(OriginalKey Key, string Text)
    {
        public long Bytes => EntryOverhead + 2L * Text.Length;
    }

    /// <summary>Stores an original, dropping those idle longest where room is needed.</summary>
    /// <returns><see langword="false"/> when the key already names another text, its id is none, or the text alone exceeds the size of the store.</returns>
    public ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key.Scope);
        ArgumentNullException.ThrowIfNull(key.Id);
        ArgumentNullException.ThrowIfNull(original);
        cancellationToken.ThrowIfCancellationRequested();
        if (!OriginalId.IsWellFormed(key.Id)) return ValueTask.FromResult(false);
        lock (_lock) return ValueTask.FromResult(Put(new Entry(key, original)));
    }

    /// <inheritdoc />
    public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key.Scope);
        ArgumentNullException.ThrowIfNull(key.Id);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
                return ValueTask.FromResult(_dropped.Contains(key) ? OriginalLookup.Evicted : OriginalLookup.Unknown);
            Touch(node);
            return ValueTask.FromResult(OriginalLookup.Found(node.Value.Text));
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        List<OriginalKey> missing = [];
        lock (_lock)
        {
            foreach (OriginalKey key in keys)
            {
                if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node)) Touch(node);
                else missing.Add(key);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<OriginalKey>>(missing);
    }

    private bool Put(Entry entry)
    {
        if (_entries.TryGetValue(entry.Key, out LinkedListNode<Entry>? known))
        {
            if (!string.Equals(known.Value.Text, entry.Text, StringComparison.Ordinal)) return false;
            Touch(known);
            return true;
        }

        if (entry.Bytes > _maxBytes) return false;
        while (_bytes + entry.Bytes > _maxBytes) DropIdlest();
        _entries.Add(entry.Key, _idleFirst.AddLast(entry));
        _bytes += entry.Bytes;
        return true;
    }

    private void Touch(LinkedListNode<Entry> node)
    {
        _idleFirst.Remove(node);
        _idleFirst.AddLast(node);
    }

    private void DropIdlest()
    {
        Entry idlest = _idleFirst.First!.Value;
        _idleFirst.RemoveFirst();
        _entries.Remove(idlest.Key);
        _bytes -= idlest.Bytes;
        if (!_dropped.Add(idlest.Key)) return; // dropped before, stored again, dropped again: its place in the queue stays
        _droppedFirst.Enqueue(idlest.Key);
        if (_droppedFirst.Count > MaxRemembered) _dropped.Remove(_droppedFirst.Dequeue());
    }
}
