namespace Headroom.Conversation;

/// <summary>Decides when a conversation has to make room, and which results it gives up. Pure.</summary>
/// <param name="window">Tokens the model can read at once.</param>
internal sealed class ContextBudget(int window)
{
    /// <summary>Room is made beyond this share of the window. The rest is for what the fold does not see (tool declarations) and for the answer.</summary>
    private const double Latest = 0.8;

    /// <summary>
    /// At a message of the user room is made from this share on: people pause, and after a pause the provider's cache has often expired, so that
    /// sending other bytes costs nothing more.
    /// </summary>
    private const double AtUserTurn = 0.65;

    /// <summary>What is left after a step, as a share of the window. Far below the other two, so that steps are few and each pays for itself.</summary>
    private const double Target = 0.4;

    /// <summary>The newest results, up to this share of the window, are not given up.</summary>
    private const double Recent = 0.25;

    /// <summary>A step that frees less than this share of the window is not taken: it would be followed by another at once.</summary>
    private const double LeastFreed = 0.15;

    /// <summary>Smaller results stay, in tokens: the marker takes about 60.</summary>
    private const int SmallResult = 200;

    /// <summary>Whether room has to be made after an item.</summary>
    /// <param name="tokens">Tokens of everything sent up to and including it.</param>
    /// <param name="item">The item.</param>
    public bool IsDue(long tokens, ContextItem item) => tokens > window * (item.Role == ItemRole.User ? AtUserTurn : Latest);

    /// <summary>Whether a step that frees so many tokens is worth taking.</summary>
    public bool IsWorthwhile(long freed) => freed >= window * LeastFreed;

    /// <summary>The items to give up, oldest first: the oldest large ones before the recent part, until the target is reached.</summary>
    /// <param name="outcomes">What was sent, oldest first.</param>
    /// <param name="canGo">Whether an item may be given up at all.</param>
    public List<int> Choose(IReadOnlyList<ItemOutcome> outcomes, Func<int, bool> canGo)
    {
        long total = 0;
        foreach (ItemOutcome outcome in outcomes) total += outcome.TokensAfter;
        long excess = total - (long)(window * Target), recent = 0;
        int end = outcomes.Count;
        while (end > 0 && (recent += outcomes[end - 1].TokensAfter) <= window * Recent) end--;
        end = Math.Min(end, outcomes.Count - 1); // the newest item has not been read yet
        List<int> chosen = [];
        for (int i = 0; i < end && excess > 0; i++)
        {
            if (outcomes[i].TokensAfter < SmallResult || !canGo(i)) continue;
            chosen.Add(i);
            excess -= outcomes[i].TokensAfter;
        }

        return chosen;
    }
}
