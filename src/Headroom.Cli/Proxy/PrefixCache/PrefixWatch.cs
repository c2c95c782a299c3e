using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.PrefixCache;

/// <summary>Compares each answered request with the one before of its conversation: where they part, the provider's prompt cache misses what stands behind.</summary>
/// <remarks>
/// Silent when in doubt: requests in which no model has spoken, other branches and other models are not compared. Thread-safe. Bounded: conversations idle for long are
/// forgotten, and watched anew when they come back.
/// </remarks>
internal sealed class PrefixWatch
{
    /// <summary>Characters held by either of two generations: 16 MB each, most of them texts the engine holds anyway.</summary>
    private const long MaxCharacters = 8L * 1024 * 1024;

    /// <summary>Conversations held by either generation: many more than agents work on in a day.</summary>
    private const int MaxConversations = 256;

    /// <summary>Branches of a conversation that are told apart: an agent sends its helpers off with the same first words.</summary>
    private const int MaxBranches = 4;

    private readonly Lock _lock = new();
    private Dictionary<string, List<WatchedPrompt>> _young = new(StringComparer.Ordinal); // branches, last used last
    private Dictionary<string, List<WatchedPrompt>> _old = new(StringComparer.Ordinal);
    private long _characters;

    /// <summary>Takes a request down.</summary>
    /// <param name="conversation">Its conversation, and the model it asks: each has its own cache.</param>
    /// <param name="request">The request.</param>
    /// <returns>Where it breaks with the request before; <see langword="null"/> where it does not, or nothing is known.</returns>
    public PrefixBreak? Observe(string conversation, WatchedPrompt request)
    {
        if (!request.HasTurn) return null;
        lock (_lock)
        {
            List<WatchedPrompt> branches = Find(conversation);
            (WatchedPrompt? nearest, int same) = Nearest(branches, request);
            bool goesOn = nearest is not null && nearest.IsContinuedAt(same), repeatsAll = goesOn && nearest!.BeginsLike(request);
            PrefixBreak? broken = repeatsAll ? null : nearest?.Compare(request);
            bool isBroken = broken is not null && (goesOn || !IsOtherBranch(broken));
            if (isBroken || repeatsAll) Remove(branches, nearest!); // this one takes its place
            else if (branches.Count >= MaxBranches) Remove(branches, branches[0]);
            branches.Add(request);
            _characters += request.Characters;
            if (_characters > MaxCharacters && _young.Count > 1) AgeAll();
            return isBroken ? broken : null;
        }
    }

    private static (WatchedPrompt? Nearest, int Same) Nearest(List<WatchedPrompt> branches, WatchedPrompt request)
    {
        (WatchedPrompt? Nearest, int Same, bool Begins) best = (null, -1, false);
        for (int i = branches.Count - 1; i >= 0; i--)
        {
            int same = branches[i].Match(request);
            if (same < best.Same) continue;
            bool begins = branches[i].BeginsLike(request);
            if (same > best.Same || (begins && !best.Begins)) best = (branches[i], same, begins);
        }

        return (best.Nearest, best.Same);
    }

    /// <summary>Whether the model simply said something else, or the user asked for it.</summary>
    private static bool IsOtherBranch(PrefixBreak broken) =>
        !broken.LinesUpAgain || (broken.Change == PrefixChange.TextChanged && broken.Kind is PromptPartKind.Assistant or PromptPartKind.Reasoning or PromptPartKind.ToolCall);

    private void Remove(List<WatchedPrompt> branches, WatchedPrompt branch)
    {
        _characters -= branch.Characters;
        branches.Remove(branch);
    }

    private List<WatchedPrompt> Find(string conversation)
    {
        if (_young.TryGetValue(conversation, out List<WatchedPrompt>? branches)) return branches;
        if (_young.Count >= MaxConversations) AgeAll();
        if (_old.Remove(conversation, out branches)) _characters += branches.Sum(b => b.Characters);
        return _young[conversation] = branches ?? [];
    }

    private void AgeAll() => (_young, _old, _characters) = (new(StringComparer.Ordinal), _young, 0);
}
