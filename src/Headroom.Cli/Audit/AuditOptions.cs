using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>How recorded conversations are to be replayed.</summary>
internal sealed record AuditOptions
{
    public CompressionMode Mode { get; init; } = CompressionMode.Balanced;

    /// <summary>Whether models that call tools may be taken to call <c>headroom_retrieve</c> too.</summary>
    public bool Retrieval { get; init; } = true;

    public int? ContextWindow { get; init; }

    /// <summary>The model to take prices and cache rules of; <see langword="null"/> for the one each request was recorded with.</summary>
    public string? Model { get; init; }

    public PriceTable Prices { get; init; } = PriceTable.Default;
}
