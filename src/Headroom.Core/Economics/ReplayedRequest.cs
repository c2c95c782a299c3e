namespace Headroom.Economics;

/// <summary>What a request costs under the rules of a prompt cache.</summary>
/// <param name="Usage">Where its input tokens came from.</param>
/// <param name="Cost">US dollars, when the prices are in dollars per million tokens.</param>
/// <param name="IsLong">Whether the prompt is so long that higher prices applied to all of it.</param>
public sealed record ReplayedRequest(CacheUsage Usage, double Cost, bool IsLong);
