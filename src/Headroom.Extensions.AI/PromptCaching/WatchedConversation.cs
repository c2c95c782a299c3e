using System.Runtime.InteropServices;
using Headroom.PromptCaching;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>The last request of a conversation, as far as a prompt cache is concerned, and what was said about it. Not thread-safe.</summary>
internal sealed class WatchedConversation
{
    /// <summary>Characters of one conversation that are compared: those behind are not watched. A context window holds about as many.</summary>
    private const int MaxCharacters = 4 * 1024 * 1024;

    private readonly List<LivePart> _parts = [];
    private int _pinned;
    private HashSet<(PrefixChange, VolatileTextKind?)>? _said;
    private (int At, PrefixBreak Break) _last = (-1, null!);

    public WatchedConversation(scoped in LiveParts parts) => Take(parts, 0);

    /// <summary>Characters held.</summary>
    public long Characters { get; private set; }

    private ReadOnlySpan<LivePart> All => CollectionsMarshal.AsSpan(_parts);

    private ReadOnlySpan<LivePart> Rest => All[_pinned..];

    /// <summary>How many parts behind tools and system prompts a request repeats.</summary>
    public int Match(scoped in LiveParts request) => CommonLength(Rest, request.Rest);

    /// <summary>Whether a request that repeats so many parts repeats them all.</summary>
    public bool IsContinuedAt(int same) => same == Rest.Length;

    /// <summary>Whether tools and system prompts are the same.</summary>
    public bool BeginsLike(scoped in LiveParts request) => _pinned == request.PinnedCount && CommonLength(All[.._pinned], request.Pinned) == _pinned;

    /// <summary>Where a request breaks with the one before; <see langword="null"/> where it does not.</summary>
    public PrefixBreak? Compare(scoped in LiveParts request)
    {
        int at = CommonLength(All, request.All);
        if (at == _parts.Count || at == request.All.Length) return null;
        // A text that changes with every request is found out once, and then only counted.
        if (_last.At == at && at < _pinned && _last.Break.Volatile is not null) return _last.Break;
        PrefixBreak? found = PromptComparer.Compare(LiveParts.Named(All, at), LiveParts.Named(request.All, at));
        if (found is not null) _last = (at, found);
        return found;
    }

    /// <summary>Notes that something is said about a kind of break; <see langword="false"/> when it was said before.</summary>
    public bool Say(PrefixBreak found) => (_said ??= []).Add((found.Change, found.Volatile));

    /// <summary>Takes a request as the last one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="repeatsAll">Whether it is known to begin with all that is held.</param>
    public void Continue(scoped in LiveParts request, bool repeatsAll) => Take(request, repeatsAll ? _parts.Count : CommonLength(All, request.All));

    private void Take(scoped in LiveParts request, int same)
    {
        for (int i = same; i < _parts.Count; i++) Characters -= _parts[i].Length;
        _parts.RemoveRange(same, _parts.Count - same);
        for (int i = same; i < request.All.Length && Characters < MaxCharacters; i++)
        {
            _parts.Add(request.All[i]);
            Characters += request.All[i].Length;
        }

        _pinned = Math.Min(request.PinnedCount, _parts.Count);
    }

    private static int CommonLength(ReadOnlySpan<LivePart> left, ReadOnlySpan<LivePart> right)
    {
        int length = Math.Min(left.Length, right.Length), at = 0;
        while (at < length && left[at].IsSameAs(right[at])) at++;
        return at;
    }
}
