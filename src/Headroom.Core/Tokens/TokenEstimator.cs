namespace Headroom.Tokens;

/// <summary>Estimates <c>o200k_base</c> tokens from the kinds of neighbouring characters, without a vocabulary.</summary>
/// <remarks>
/// Five times as fast as counting and needs no data in memory. On tool output that it was not fitted on, half of the texts of 200 tokens
/// or more are estimated within 4 % and nine of ten within 8 %; the worst was off by 18 %, tables of numbers mostly too low
/// (<c>docs/tokens.md</c> has the table). Single lines and languages that tool output seldom holds are off by up to 20 %.
/// An estimate never falls when text is added at the end. Thread-safe; allocates nothing.
/// </remarks>
public sealed class TokenEstimator : ITokenCounter
{
    private TokenEstimator()
    {
    }

    /// <summary>The estimator.</summary>
    public static TokenEstimator Instance { get; } = new();

    /// <summary>An array of its own: reading the span over constant data allocates in builds without optimisation.</summary>
    private static readonly short[] Weights = EstimatorWeights.Thousandths.ToArray();

    /// <inheritdoc />
    public string Name => "o200k_base (estimated)";

    /// <inheritdoc />
    public bool IsEstimate => true;

    /// <inheritdoc />
    public int Count(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;

        byte[] kinds = EstimatorWeights.KindTable;
        short[] weights = Weights;
        long thousandths = 0;
        int previous = EstimatorWeights.LineEnd;
        foreach (char c in text)
        {
            int kind = kinds[c < 128 ? c : 128 + (c >> 7)];
            thousandths += weights[(previous * EstimatorWeights.Kinds) + kind];
            previous = kind;
        }

        return (int)Math.Clamp((thousandths + 500) / 1000, 1, int.MaxValue);
    }
}
