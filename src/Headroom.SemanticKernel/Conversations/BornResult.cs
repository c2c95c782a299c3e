namespace Headroom.SemanticKernel.Conversations;

/// <summary>A tool result as it was when its function returned it, and what became of its texts.</summary>
/// <param name="Original">The value the function returned.</param>
/// <param name="Texts">Its texts, in order.</param>
/// <param name="Outcomes">What was sent of each.</param>
internal sealed record BornResult(object? Original, IReadOnlyList<string> Texts, IReadOnlyList<ItemOutcome> Outcomes);
