namespace Headroom.Cli.Proxy.Bodies;

/// <summary>
/// What Claude Code puts before its system prompt, another text in every request (<c>CLAUDE_CODE_ATTRIBUTION_HEADER=0</c> leaves it out). Anthropic takes it away before its
/// cache looks at the prompt; other providers do not.
/// </summary>
internal static class AttributionHeader
{
    private const string Start = "x-anthropic-billing-header:";

    /// <summary>Whether an item is one, sent to who takes it away.</summary>
    public static bool IsTakenAway(ContextItem item, Upstream upstream) =>
        upstream.IsAnthropicItself && item.Role == ItemRole.System && item.Text.StartsWith(Start, StringComparison.Ordinal);
}
