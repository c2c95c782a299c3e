namespace Headroom.Economics;

/// <summary>Decides whether leaving something out is expected to pay. Pure.</summary>
internal sealed class ElisionGate(ElisionGateOptions options)
{
    /// <summary>Tokens a model writes to ask for a part: a tool call with an id and a range, and a few words before it.</summary>
    private const int TokensToAsk = 120;

    /// <summary>A retrieval brings back at most this many tokens: the gap that was asked for, seldom the whole.</summary>
    private const int MostRetrieved = 2_000;

    /// <summary>How often a cut of a text is followed by a retrieval: of the kinds it may be, the one whose readers come back most.</summary>
    public double RetrievalProbability(IEnumerable<string> kinds, CompressionMode mode)
    {
        double most = -1;
        foreach (string kind in mode == CompressionMode.Balanced ? kinds : [])
        {
            if (options.RetrievalProbabilityByKind.TryGetValue(kind, out double ofKind)) most = Math.Max(most, ofKind);
        }

        return most >= 0 ? most : options.RetrievalProbability;
    }

    /// <summary>
    /// The expected gain of sending <paramref name="cut"/> tokens instead of <paramref name="whole"/>, in tokens at the price of uncached input;
    /// zero or less when the cut does not pay.
    /// </summary>
    /// <param name="whole">Tokens of the whole form.</param>
    /// <param name="cut">Tokens of the elided form, marker included.</param>
    /// <param name="probability">How often such a cut is followed by a retrieval, as <see cref="RetrievalProbability"/> says.</param>
    /// <remarks>
    /// <c>(N−n)·(w+T·r) − p·(P·r + 120·o + m·(w+T/2·r))</c>: what is not sent need not be written to the cache once and read T times;
    /// with probability p the model asks, which reads the prefix P once more, writes a call, and carries m tokens for half of what is left.
    /// </remarks>
    public double Gain(int whole, int cut, double probability)
    {
        double write = options.Prices.CacheWrite / options.Prices.Input, read = options.Prices.CacheRead / options.Prices.Input, output = options.Prices.Output / options.Prices.Input;
        int left = whole - cut, retrieved = Math.Min(left, MostRetrieved);
        double saved = left * (write + options.TurnsLeft * read);
        double retrieval = options.PrefixTokens * read + TokensToAsk * output + retrieved * (write + options.TurnsLeft / 2.0 * read);
        return saved - probability * retrieval;
    }
}
