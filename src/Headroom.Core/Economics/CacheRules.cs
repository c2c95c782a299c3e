namespace Headroom.Economics;

/// <summary>How a provider's prompt cache works, as data.</summary>
/// <remarks>
/// Where breakpoints stand counts only for requests that say so (<see cref="PromptRequest.Breakpoints"/>); otherwise the whole prefix is taken to be
/// cacheable, and the model says what a well set up client gets. Not modelled: routing that misses a warm cache.
/// </remarks>
public sealed record CacheRules
{
    /// <summary>Short prompts are not cached: the fewest tokens that are.</summary>
    /// <value>The default is 1,024. Not negative.</value>
    public int MinimumTokens { get; init; } = 1_024;

    /// <summary>Cached prefixes are multiples of this many tokens.</summary>
    /// <value>The default is 1: to the token. Positive.</value>
    public int Increment { get; init; } = 1;

    /// <summary>How long an entry lives after its last use; <see langword="null"/> for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How breakpoints work; <see langword="null"/> where a provider caches every prefix by itself, so that breakpoints mean nothing.</summary>
    public BreakpointRule? Breakpoints { get; init; }

    /// <summary>The cliff of long prompts, where there is one.</summary>
    public LongPromptRule? LongPrompt { get; init; }

    /// <summary>Explicit or automatic cache control: prefixes of 1,024 tokens or more, to the token, for 5 minutes after the last use.</summary>
    /// <remarks>Source: Anthropic's documentation of prompt caching. The minimum differs between models; <see cref="For"/> knows more.</remarks>
    public static CacheRules Anthropic { get; } = new() { Lifetime = TimeSpan.FromMinutes(5), Breakpoints = BreakpointRule.Anthropic };

    /// <summary>Automatic caching: prefixes of 1,024 tokens or more in steps of 128, for 30 minutes after the last use; prompts above 272,000 tokens cost more.</summary>
    /// <remarks>Source: OpenAI's documentation of prompt caching and prices, for GPT-5.6 and later. Earlier models keep entries for 5 to 10 minutes and have no cliff; <see cref="For"/> knows.</remarks>
    public static CacheRules OpenAI { get; } = new() { Increment = 128, Lifetime = TimeSpan.FromMinutes(30), LongPrompt = new LongPromptRule(272_000, 2, 1.5) };

    /// <summary>The rules of a model by its id, from the table shipped with this version (<c>cache-rules.json</c>); those of <see cref="Anthropic"/> without a lifetime for unknown ones.</summary>
    /// <param name="model">A model id as the provider spells it; a provider prefix up to the last <c>/</c> is ignored.</param>
    public static CacheRules For(string? model) => CacheRulesTable.Shipped.Find(model);

    internal void Validate()
    {
        if (MinimumTokens < 0) throw new ArgumentException("MinimumTokens must not be negative.");
        if (Increment < 1) throw new ArgumentException("Increment must be positive.");
        if (Lifetime < TimeSpan.Zero) throw new ArgumentException("Lifetime must not be negative.");
        if (Breakpoints is { } breakpoints && (breakpoints.Maximum < 0 || breakpoints.LookBackBlocks < 1)) throw new ArgumentException("Breakpoints: Maximum must not be negative, LookBackBlocks must be positive.");
        if (LongPrompt is { } rule && !(rule.InputMultiplier >= 0 && double.IsFinite(rule.InputMultiplier) && rule.OutputMultiplier >= 0 && double.IsFinite(rule.OutputMultiplier)))
            throw new ArgumentException("LongPrompt: no multiplier may be negative.");
    }
}
