namespace Headroom.Economics;

/// <summary>One request of a conversation, as a prompt cache sees it.</summary>
/// <param name="Blocks">The whole prompt in the order it is cached in: tools, system prompt, messages.</param>
public sealed record PromptRequest(IReadOnlyList<PromptBlock> Blocks)
{
    /// <summary>Tokens of the answer.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Where cache breakpoints stand, as indices of <see cref="Blocks"/>: the prefix up to each, that block included, is cached.</summary>
    /// <value>
    /// The default is <see langword="null"/>: not known, and every prefix is taken to be cached. An empty list says that there are none. Heeded only where
    /// <see cref="CacheRules.Breakpoints"/> says that breakpoints mean something.
    /// </value>
    public IReadOnlyList<int>? Breakpoints { get; init; }

    /// <summary>When it was sent, counted from any fixed moment; <see langword="null"/> where that is not known, and then no cache entry is too old.</summary>
    public TimeSpan? At { get; init; }
}
