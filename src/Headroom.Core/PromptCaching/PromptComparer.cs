namespace Headroom.PromptCaching;

/// <summary>Compares two consecutive prompts of a conversation, as a provider's prompt cache does: from the beginning, up to the first difference.</summary>
/// <remarks>Pure; linear in the texts. Parts are the same when kind, text and id are, tools also by their name.</remarks>
public static class PromptComparer
{
    /// <summary>Finds where the later prompt stops being a continuation of the earlier one.</summary>
    /// <param name="earlier">The earlier prompt, in the order it is cached in: tools, system prompt, messages.</param>
    /// <param name="later">The later prompt.</param>
    /// <returns><see langword="null"/> when one is the beginning of the other: then all that both hold can be read from the cache.</returns>
    public static PrefixBreak? Compare(IReadOnlyList<PromptPart> earlier, IReadOnlyList<PromptPart> later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        int at = 0;
        while (at < earlier.Count && at < later.Count && IsSame(earlier[at], later[at])) at++;
        if (at == earlier.Count || at == later.Count) return null;
        PrefixBreak found = earlier[at].Kind == PromptPartKind.ToolDeclaration || later[at].Kind == PromptPartKind.ToolDeclaration
            ? OfTools(earlier, later, at)
            : OfParts(earlier, later, at);
        return WithLoss(found, earlier, later, at);
    }

    private static bool IsSame(PromptPart left, PromptPart right) =>
        left.Kind == right.Kind && string.Equals(left.Id, right.Id, StringComparison.Ordinal) && (ReferenceEquals(left.Text, right.Text) || string.Equals(left.Text, right.Text, StringComparison.Ordinal))
            && (left.Kind != PromptPartKind.ToolDeclaration || string.Equals(left.Name, right.Name, StringComparison.Ordinal));

    private static PrefixBreak OfTools(IReadOnlyList<PromptPart> earlier, IReadOnlyList<PromptPart> later, int at)
    {
        PromptPart before = earlier[at], now = later[at];
        if (before.Kind == now.Kind && string.Equals(before.Name, now.Name, StringComparison.Ordinal)) return Changed(before, now, at, PrefixChange.ToolChanged, isInOrder: true);
        // Tools have names, so what became of one is known, whatever became of the others.
        bool isGone = before.Kind == PromptPartKind.ToolDeclaration && !HasTool(later, at, before.Name);
        bool isNew = now.Kind == PromptPartKind.ToolDeclaration && !HasTool(earlier, at, now.Name);
        return isGone ? Of(PrefixChange.ToolRemoved, before, at) : isNew ? Of(PrefixChange.ToolAdded, now, at) : Of(PrefixChange.ToolsReordered, now, at);
    }

    private static bool HasTool(IReadOnlyList<PromptPart> parts, int from, string name)
    {
        for (int i = from; i < parts.Count && parts[i].Kind == PromptPartKind.ToolDeclaration; i++)
        {
            if (string.Equals(parts[i].Name, name, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static PrefixBreak OfParts(IReadOnlyList<PromptPart> earlier, IReadOnlyList<PromptPart> later, int at)
    {
        int removed = Find(later[at], earlier, at + 1), inserted = Find(earlier[at], later, at + 1);
        if (removed > 0 && (inserted < 0 || removed <= inserted)) return Of(PrefixChange.PartRemoved, earlier[at], at);
        if (inserted > 0) return Of(PrefixChange.PartInserted, later[at], at);
        return Changed(earlier[at], later[at], at, PrefixChange.TextChanged, LineUp(earlier, later, at + 1));
    }

    private static int Find(PromptPart part, IReadOnlyList<PromptPart> parts, int from)
    {
        for (int i = from; i < parts.Count; i++)
        {
            if (IsSame(part, parts[i])) return i;
        }

        return -1;
    }

    /// <summary>Whether any part from here on stands in both.</summary>
    private static bool LineUp(IReadOnlyList<PromptPart> earlier, IReadOnlyList<PromptPart> later, int from)
    {
        if (from < earlier.Count && from < later.Count && IsSame(earlier[from], later[from])) return true; // nearly always
        HashSet<(PromptPartKind, string?, string)> known = [];
        for (int i = from; i < earlier.Count; i++) known.Add((earlier[i].Kind, earlier[i].Id, earlier[i].Text));
        for (int i = from; i < later.Count; i++)
        {
            if (known.Contains((later[i].Kind, later[i].Id, later[i].Text))) return true;
        }

        return false;
    }

    private static PrefixBreak Changed(PromptPart before, PromptPart now, int at, PrefixChange change, bool isInOrder)
    {
        int offset = before.Kind == now.Kind ? before.Text.AsSpan().CommonPrefixLength(now.Text) : 0;
        VolatileText? found = before.Kind == now.Kind ? VolatileTextDetector.AtDifference(before.Text, now.Text, offset) : null;
        return Of(found is null ? change : PrefixChange.VolatileText, now, at) with { Offset = offset, Volatile = found?.Kind, LinesUpAgain = isInOrder };
    }

    private static PrefixBreak Of(PrefixChange change, PromptPart part, int at) =>
        new() { Change = change, Index = at, Part = part.Name, Kind = part.Kind, Message = part.Message, LinesUpAgain = true };

    /// <summary>What could have been read is what stood behind the break before, but no more than what is sent behind it now.</summary>
    private static PrefixBreak WithLoss(PrefixBreak found, IReadOnlyList<PromptPart> earlier, IReadOnlyList<PromptPart> later, int at)
    {
        (long charactersBefore, long? tokensBefore) = Sum(earlier, at);
        (long charactersNow, long? tokensNow) = Sum(later, at);
        return found with
        {
            LostCharacters = Math.Min(charactersBefore, charactersNow) - found.Offset,
            LostTokens = tokensBefore is { } before && tokensNow is { } now ? Math.Min(before, now) : null,
        };
    }

    private static (long Characters, long? Tokens) Sum(IReadOnlyList<PromptPart> parts, int from)
    {
        long characters = 0;
        long? tokens = 0;
        for (int i = from; i < parts.Count; i++)
        {
            characters += parts[i].Text.Length;
            tokens += parts[i].Tokens;
        }

        return (characters, tokens);
    }
}
