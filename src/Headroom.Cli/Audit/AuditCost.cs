namespace Headroom.Cli.Audit;

/// <summary>What requests cost by the model of the provider's cache.</summary>
/// <param name="IsPriced">Whether the figures are US dollars; otherwise they are tokens at the price of uncached input, at the usual ratios of prices.</param>
/// <param name="Without">Without Headroom.</param>
/// <param name="Sent">With Headroom, its overhead and the retrievals it is estimated to cause included.</param>
/// <param name="Output">The part of both that is output of the recorded turns, which Headroom does not change.</param>
internal sealed record AuditCost(bool IsPriced, double Without, double Sent, double Output)
{
    /// <summary>Requests with reported usage.</summary>
    public int ReportedRequests { get; init; }

    /// <summary>What those cost by the usage reported.</summary>
    public double Reported { get; init; }

    /// <summary>What those cost by the model, without Headroom.</summary>
    public double OfReported { get; init; }

    public double Net => Without - Sent;

    public double? NetShare => Without > 0 ? Net / Without : null;

    public AuditCost Add(AuditCost other) => new(IsPriced, Without + other.Without, Sent + other.Sent, Output + other.Output)
    {
        ReportedRequests = ReportedRequests + other.ReportedRequests,
        Reported = Reported + other.Reported,
        OfReported = OfReported + other.OfReported,
    };
}
