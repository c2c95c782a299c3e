namespace Headroom.PromptCaching;

/// <summary>What is done about the provider's prompt cache, besides sending the same beginning every time. All that changes a request is off by default.</summary>
public sealed class PromptCacheOptions
{
    /// <summary>Whether a conversation whose beginning changed between two requests is named in the log and counted. Nothing is ever rewritten.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool WarnOfBreaks { get; set; } = true;

    /// <summary>Whether cache breakpoints are set where the caller sets none: behind the system prompt, and where this and the two requests before end.</summary>
    /// <value>The default is <see cref="CacheBreakpointMode.Off"/>. Not for requests that are the only ones of their conversation: a write costs more than uncached input.</value>
    public CacheBreakpointMode Breakpoints { get; set; }

    /// <summary>Whether tools are declared in the order of their names. Their order is part of the cached prefix.</summary>
    /// <value>The default is <see langword="false"/>. Not where tools keep their order anyway, and not where some are added behind the others as a conversation goes on.</value>
    public bool StableToolOrder { get; set; }

    internal PromptCacheOptions Clone() => (PromptCacheOptions)MemberwiseClone();

    internal IEnumerable<string> Errors()
    {
        if (!Enum.IsDefined(Breakpoints)) yield return $"PromptCache.Breakpoints: {(int)Breakpoints} is not a mode; use Off, WhenAnthropic or Always.";
    }
}
