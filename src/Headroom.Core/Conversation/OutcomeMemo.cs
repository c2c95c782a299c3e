using System.Diagnostics.CodeAnalysis;

namespace Headroom.Conversation;

/// <summary>Remembers outcomes, so that a conversation that grew by one item costs that one item, and a choice once made stays made.</summary>
/// <remarks>Thread-safe. Bounded: the oldest entries go first, and are simply worked out again when they come back.</remarks>
internal sealed class OutcomeMemo
{
    /// <summary>Characters of originals and outcomes held at most: room for a few hundred long conversations, 128 MB at two bytes each.</summary>
    private const long MaxCharacters = 64L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, ItemOutcome> _outcomes = [];
    private readonly Queue<Key> _oldest = new();
    private long _characters;

    private readonly record struct Key(PreparedItem Item, bool CanRetrieve, bool HoldsOriginals, string Scope);

    public bool TryGet(PreparedItem item, ConversationContext context, [NotNullWhen(true)] out ItemOutcome? outcome)
    {
        lock (_lock) return _outcomes.TryGetValue(KeyOf(item, context), out outcome);
    }

    /// <summary>Remembers an outcome, and returns the one that was remembered first where two threads raced.</summary>
    public ItemOutcome Remember(PreparedItem item, ConversationContext context, ItemOutcome outcome)
    {
        Key key = KeyOf(item, context);
        long size = Size(key, outcome);
        if (size > MaxCharacters / 4) return outcome; // one giant must not push out everything else
        lock (_lock)
        {
            if (_outcomes.TryGetValue(key, out ItemOutcome? first)) return first;
            _outcomes.Add(key, outcome);
            _oldest.Enqueue(key);
            _characters += size;
            while (_characters > MaxCharacters && _oldest.TryDequeue(out Key old) && _outcomes.Remove(old, out ItemOutcome? gone))
                _characters -= Size(old, gone);
        }

        return outcome;
    }

    private static Key KeyOf(PreparedItem item, ConversationContext context) =>
        new(item, context.CanRetrieve, context.HoldsOriginals, context.Scope);

    private static long Size(Key key, ItemOutcome outcome) => 200L + key.Item.Item.Text.Length + outcome.Text.Length;
}
