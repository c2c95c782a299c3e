using Headroom.Storage;

namespace Headroom.Retrieval;

/// <summary>The answers given when an original cannot be returned: each says what is the case and what to do instead, so that a model does not try again.</summary>
public static class RetrievalAnswers
{
    /// <summary>Ids listed at most when a wrong one was asked for: enough to recognise the right one, few enough to read.</summary>
    private const int MaxListedIds = 8;

    /// <summary>The arguments could not be used.</summary>
    /// <param name="problem">What is wrong, as <see cref="RetrievalRequest"/> reports it.</param>
    public static string Unusable(string problem) => $"{RetrievalTool.Name}: {problem}";

    /// <summary>The id does not occur in this conversation.</summary>
    public static string NotInConversation(string id, IReadOnlyCollection<string> knownIds)
    {
        ArgumentNullException.ThrowIfNull(knownIds);
        if (knownIds.Count == 0) return $"Nothing in this conversation has the id {id}; nothing was left out here. Call the tool that gave the result again if you need more of it.";
        IEnumerable<string> listed = knownIds.OrderBy(known => Distance(known, id)).Take(MaxListedIds);
        string more = knownIds.Count > MaxListedIds ? ", ..." : "";
        return $"The id {id} does not occur in this conversation. Ids that do: {string.Join(", ", listed)}{more}.";
    }

    /// <summary>The original was never stored in this scope.</summary>
    public static string Unknown(string id) =>
        $"There is no original with the id {id}: either the id is misspelled (copy it from the [headroom ...] line) or it was made elsewhere. "
        + "Asking again will not help; call the tool that gave the result again.";

    /// <summary>The original was stored once, but no longer is.</summary>
    public static string Evicted(string id) =>
        $"The original {id} was kept for a while but has since been dropped to make room. Asking again will not help; call the tool that gave the result again.";

    /// <summary>The store could not be asked.</summary>
    public static string Unavailable(string id) =>
        $"The store that keeps the original {id} cannot be reached right now. Go on without it, or call the tool that gave the result again.";

    /// <summary>The answer for a lookup that found nothing.</summary>
    /// <exception cref="ArgumentException">The lookup did find the original.</exception>
    public static string Miss(string id, OriginalLookup lookup) => lookup.Status switch
    {
        OriginalStatus.Unknown => Unknown(id),
        OriginalStatus.Evicted => Evicted(id),
        OriginalStatus.Unavailable => Unavailable(id),
        _ => throw new ArgumentException("The original was found.", nameof(lookup)),
    };

    private static int Distance(string left, string right)
    {
        int different = Math.Abs(left.Length - right.Length);
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++) different += left[i] == right[i] ? 0 : 1;
        return different;
    }
}
