using Headroom.PromptCaching;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Compares what conversations begin with, tools and system prompts: what should be the same is shared in the provider's prompt cache.</summary>
/// <remarks>
/// Different system prompts are nobody's mistake, so only what differs every time counts: times and ids, and the same tools in another order. Not dates, which
/// all conversations of a day share, nor numbers, which may be the names of agents. Thread-safe.
/// </remarks>
internal sealed class RecentBeginnings
{
    /// <summary>Beginnings remembered: an application has few agents.</summary>
    private const int Capacity = 4;

    /// <summary>Characters of a beginning that is still remembered: two megabytes for all, and far more than any system prompt.</summary>
    private const int MaxCharacters = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly List<(string Scope, LivePart[] Parts)> _known = []; // oldest first
    private readonly HashSet<(PrefixChange, VolatileTextKind?)> _said = [];

    /// <summary>Compares the beginning of a new conversation with those of others.</summary>
    public WatchedBreak? Compare(string scope, scoped in LiveParts request)
    {
        long characters = 0;
        foreach (LivePart part in request.Pinned) characters += part.Length;
        if (request.PinnedCount == 0 || characters > MaxCharacters) return null;
        lock (_lock)
        {
            PrefixBreak? found = null;
            for (int i = _known.Count - 1; i >= 0; i--)
            {
                if (!string.Equals(_known[i].Scope, scope, StringComparison.Ordinal)) continue;
                LivePart[] parts = _known[i].Parts;
                int at = 0;
                while (at < parts.Length && at < request.PinnedCount && parts[at].IsSameAs(request.Pinned[at])) at++;
                if (at == parts.Length || at == request.PinnedCount)
                {
                    (string, LivePart[]) known = _known[i];
                    _known.RemoveAt(i);
                    _known.Add(known);
                    return null;
                }

                if (found is null && PromptComparer.Compare(LiveParts.Named(parts, at), LiveParts.Named(request.Pinned, at)) is { } broken && DiffersEveryTime(broken))
                {
                    found = broken;
                    _known.RemoveAt(i); // this one takes its place
                }
            }

            _known.Add((scope, request.Pinned.ToArray()));
            if (_known.Count > Capacity) _known.RemoveAt(0);
            return found is null ? null : new WatchedBreak(found, true, _said.Add((found.Change, found.Volatile)));
        }
    }

    private static bool DiffersEveryTime(PrefixBreak found) =>
        found.Change == PrefixChange.ToolsReordered
        || found.Volatile is VolatileTextKind.DateTime or VolatileTextKind.Time or VolatileTextKind.UnixTime or VolatileTextKind.Uuid or VolatileTextKind.RequestId;
}
