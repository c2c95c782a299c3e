using Headroom.PromptCaching;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>A break of the cached prefix.</summary>
/// <param name="Break">Where and why.</param>
/// <param name="IsBetweenConversations">Whether it lies between the beginnings of two conversations rather than within one.</param>
/// <param name="IsNew">Whether this kind was not reported before, of this conversation or, between conversations, at all.</param>
internal readonly record struct WatchedBreak(PrefixBreak Break, bool IsBetweenConversations, bool IsNew);

/// <summary>Compares each request with the one before of its conversation, and the beginnings of conversations with each other.</summary>
/// <remarks>
/// A conversation is known by its name, else by its first tool call or, in conversations without tools, by the model's first text and all that was
/// sent; never by its system prompt, which may be what changes. Silent when in doubt. Thread-safe. Texts that are the same instances are not read. Bounded:
/// conversations idle for long are forgotten, and watched anew when they come back.
/// </remarks>
internal sealed class PromptWatch
{
    /// <summary>Characters held by either of two generations: 16 MB each, most of them texts the caller holds anyway.</summary>
    private const long MaxCharacters = 8L * 1024 * 1024;

    /// <summary>Conversations held by either generation, at some hundred bytes each besides their texts.</summary>
    private const int MaxConversations = 4 * 1024;

    /// <summary>Branches of a conversation that are told apart.</summary>
    private const int MaxBranches = 4;

    /// <summary>A text's beginning and length tell most apart; the rest is compared.</summary>
    private const int KeyCharacters = 256;

    private readonly Lock _lock = new();
    private readonly RecentBeginnings _beginnings = new();
    private Dictionary<Key, Branches> _young = [];
    private Dictionary<Key, Branches> _old = [];
    private long _characters;

    private enum KeySource
    {
        Name,
        Call,
        Reply,
    }

    private readonly record struct Key(string Scope, KeySource Source, int Length, int Hash);

    /// <summary>Takes a request down.</summary>
    /// <param name="scope">Requests of different scopes are never compared.</param>
    /// <param name="name">What the application calls the conversation, if it does.</param>
    /// <param name="messages">The messages as handed in.</param>
    /// <param name="options">The options as handed in.</param>
    /// <returns>What is broken; <see langword="null"/> when nothing is, or nothing is known.</returns>
    public WatchedBreak? Observe(string scope, string? name, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        using var request = new LiveParts(messages, options);
        // A first request has no turn of the model by which to know it again.
        bool isFirst = request.FirstCall is null && request.FirstReply is null;
        WatchedBreak? found = isFirst ? _beginnings.Compare(scope, request) : null;
        if (isFirst && name is null) return found;
        Branches branches = Find(KeyOf(scope, name, request));
        long before, after;
        lock (branches)
        {
            before = branches.Characters;
            // What lies between requests of one conversation lies between conversations too; one of them is enough to say.
            found = Observe(branches, name is not null || request.FirstCall is not null, request) ?? found;
            after = branches.Characters;
        }

        lock (_lock)
        {
            _characters += after - before;
            if (_characters > MaxCharacters && _young.Count > 1) AgeAll();
        }

        return found;
    }

    private static WatchedBreak? Observe(Branches branches, bool isCertain, scoped in LiveParts request)
    {
        WatchedConversation? nearest = null;
        int same = -1;
        bool beginsLike = false;
        for (int i = branches.Count - 1; i >= 0; i--)
        {
            WatchedConversation branch = branches[i];
            int common = branch.Match(request);
            if (common < same) continue;
            bool begins = branch.BeginsLike(request);
            if (common == same && (beginsLike || !begins)) continue;
            (nearest, same, beginsLike) = (branch, common, begins);
        }

        bool goesOn = nearest is not null && nearest.IsContinuedAt(same), repeatsAll = goesOn && beginsLike;
        PrefixBreak? broken = repeatsAll ? null : nearest?.Compare(request);
        bool isBroken = broken is not null && (goesOn || (isCertain && !IsOtherBranch(broken)));
        if (nearest is null || !(repeatsAll || isBroken))
        {
            branches.Add(new WatchedConversation(request));
            return null;
        }

        nearest.Continue(request, repeatsAll);
        branches.Touch(nearest);
        return isBroken ? new WatchedBreak(broken!, false, nearest.Say(broken!)) : null;
    }

    /// <summary>Whether the model simply said something else, or the user asked for it.</summary>
    private static bool IsOtherBranch(PrefixBreak broken) =>
        !broken.LinesUpAgain || (broken.Change == PrefixChange.TextChanged && broken.Kind is PromptPartKind.Assistant or PromptPartKind.Reasoning or PromptPartKind.ToolCall);

    private static Key KeyOf(string scope, string? name, scoped in LiveParts request)
    {
        string text = name ?? request.FirstCall ?? request.FirstReply ?? "";
        KeySource source = name is not null ? KeySource.Name : request.FirstCall is not null ? KeySource.Call : KeySource.Reply;
        return new Key(scope, source, text.Length, string.GetHashCode(text.AsSpan(0, Math.Min(KeyCharacters, text.Length)), StringComparison.Ordinal));
    }

    private Branches Find(Key key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out Branches? branches)) return branches;
            if (_young.Count >= MaxConversations) AgeAll();
            if (_old.Remove(key, out branches)) _characters += branches.Characters;
            else branches = new Branches();
            return _young[key] = branches;
        }
    }

    private void AgeAll() => (_young, _old, _characters) = ([], _young, 0);

    /// <summary>One conversation, and what branched off it.</summary>
    private sealed class Branches
    {
        private readonly List<WatchedConversation> _conversations = []; // oldest first

        public int Count => _conversations.Count;

        public long Characters
        {
            get
            {
                long sum = 0;
                foreach (WatchedConversation conversation in _conversations) sum += conversation.Characters;
                return sum;
            }
        }

        public WatchedConversation this[int index] => _conversations[index];

        public void Add(WatchedConversation conversation)
        {
            _conversations.Add(conversation);
            if (_conversations.Count > MaxBranches) _conversations.RemoveAt(0);
        }

        public void Touch(WatchedConversation conversation)
        {
            if (ReferenceEquals(_conversations[^1], conversation)) return;
            _conversations.Remove(conversation);
            _conversations.Add(conversation);
        }
    }
}
