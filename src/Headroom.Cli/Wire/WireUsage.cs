using Headroom.Economics;

namespace Headroom.Cli.Wire;

/// <summary>What a provider reported for a request.</summary>
/// <param name="Counts">The counts.</param>
/// <param name="HourWrites">The part of the cache writes that was to live for an hour.</param>
internal readonly record struct WireUsage(ReportedUsage Counts, long HourWrites);
