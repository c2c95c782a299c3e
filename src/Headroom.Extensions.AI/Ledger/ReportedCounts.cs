using Headroom.Economics;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>Reads what providers report.</summary>
internal static class ReportedCounts
{
    /// <summary>Where Anthropic's adapter puts tokens written to the cache; <see cref="UsageDetails"/> has no property for them.</summary>
    public const string CacheCreation = "CacheCreationInputTokens";

    public static ReportedUsage Of(UsageDetails usage) => new(
        usage.InputTokenCount ?? 0, usage.CachedInputTokenCount ?? 0, CacheWritten(usage) ?? 0, usage.OutputTokenCount ?? 0);

    public static long? CacheWritten(UsageDetails usage) =>
        usage.AdditionalCounts is { } counts && counts.TryGetValue(CacheCreation, out long written) ? written : null;

    /// <summary>Adds the usage an update of a stream brings, if it brings any.</summary>
    public static UsageDetails? Add(UsageDetails? sum, IEnumerable<AIContent> contents)
    {
        foreach (AIContent content in contents)
        {
            if (content is UsageContent { Details: { } details }) (sum ??= new UsageDetails()).Add(details);
        }

        return sum;
    }
}
