namespace Headroom.Cli.Audit;

/// <summary>The cache model beside what providers reported, over the requests that have reported usage, in the providers' tokens.</summary>
/// <param name="Requests">How many.</param>
/// <param name="Input">Input reported.</param>
/// <param name="Recorded">Cache reads reported.</param>
/// <param name="Modelled">Cache reads as modelled for what was recorded.</param>
/// <param name="Apart">The sum of the differences of the single requests, whatever their sign.</param>
internal readonly record struct CacheComparison(int Requests, long Input, long Recorded, long Modelled, long Apart)
{
    /// <summary>The error of the model: modelled less recorded reads, as a share of the input. Positive where the provider read less than it could have.</summary>
    public double? Error => Input > 0 ? (double)(Modelled - Recorded) / Input : null;

    /// <summary>How far model and record are apart in a request, as a share of the input.</summary>
    public double? MeanApart => Input > 0 ? (double)Apart / Input : null;

    public CacheComparison Add(CacheComparison other) =>
        new(Requests + other.Requests, Input + other.Input, Recorded + other.Recorded, Modelled + other.Modelled, Apart + other.Apart);
}
