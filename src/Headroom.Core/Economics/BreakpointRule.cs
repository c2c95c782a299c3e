namespace Headroom.Economics;

/// <summary>How a prompt cache works that is written to only where a request has a breakpoint.</summary>
/// <param name="Maximum">Breakpoints a request may have.</param>
/// <param name="LookBackBlocks">Blocks looked at from each breakpoint back for an entry, its own among them.</param>
public sealed record BreakpointRule(int Maximum, int LookBackBlocks)
{
    /// <summary>Up to 4 breakpoints, 20 blocks.</summary>
    /// <remarks>Source: Anthropic's documentation of prompt caching.</remarks>
    public static BreakpointRule Anthropic { get; } = new(4, 20);
}
