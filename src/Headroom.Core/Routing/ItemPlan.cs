namespace Headroom.Routing;

/// <summary>What the pipeline worked out for an item before any store was asked.</summary>
/// <param name="Whole">The outcome that leaves nothing out.</param>
/// <param name="Elided">The outcome that leaves parts out, to be used only once the original is sure to be resolvable; or <see langword="null"/>.</param>
internal sealed record ItemPlan(ItemOutcome Whole, ItemOutcome? Elided);
