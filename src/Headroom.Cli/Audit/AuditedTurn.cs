using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>One request of a conversation, in counted tokens.</summary>
internal sealed record AuditedTurn
{
    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required CacheUsage Without { get; init; }

    /// <summary>As Headroom would have sent it, with the rounds of retrieval it is estimated to lead to.</summary>
    public required CacheUsage Sent { get; init; }

    public required int Retrievals { get; init; }

    /// <summary>What the provider reported, in its own tokens.</summary>
    public ReportedUsage? Reported { get; init; }

    /// <summary>Cache reads as modelled, in the provider's tokens.</summary>
    public required long ModelledRead { get; init; }
}
