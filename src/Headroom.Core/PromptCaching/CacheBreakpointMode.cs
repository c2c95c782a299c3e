namespace Headroom.PromptCaching;

/// <summary>When cache breakpoints are set for a caller who set none.</summary>
public enum CacheBreakpointMode
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>In requests to Anthropic that tell where breakpoints stand: the provider's name says so, and no raw request is handed in.</summary>
    WhenAnthropic,

    /// <summary>In every request.</summary>
    Always,
}
