namespace Headroom.Economics;

/// <summary>Tokens with and without Headroom, over one denominator.</summary>
/// <param name="Before">Tokens without Headroom.</param>
/// <param name="After">Tokens of the same content as sent, without what Headroom adds.</param>
/// <param name="Overhead">Tokens Headroom adds.</param>
public readonly record struct TokenBalance(long Before, long After, LedgerOverhead Overhead)
{
    /// <summary>Tokens as sent, overhead included.</summary>
    public long Sent => After + Overhead.Total;

    /// <summary>Tokens saved, overhead paid: <c>Before - After - Overhead</c>. Negative when Headroom cost more than it saved.</summary>
    public long Net => Before - After - Overhead.Total;

    /// <summary><see cref="Net"/> as a share of <see cref="Before"/>; <see langword="null"/> when that is 0.</summary>
    public double? NetShare => Before > 0 ? (double)Net / Before : null;

    /// <summary>The sums of two.</summary>
    public static TokenBalance operator +(TokenBalance left, TokenBalance right) => left.Add(right);

    /// <summary>The sums of this and another.</summary>
    public TokenBalance Add(TokenBalance other) => new(Before + other.Before, After + other.After, Overhead + other.Overhead);
}

/// <summary>Tokens Headroom adds to prompts.</summary>
/// <param name="ToolDeclaration">The declaration of the retrieval tool.</param>
/// <param name="Markers">Headers, gaps and footers of cut texts.</param>
/// <param name="Retrieval">Retrieval calls, their answers, and whole prompts of requests made only to answer a retrieval call.</param>
public readonly record struct LedgerOverhead(long ToolDeclaration, long Markers, long Retrieval)
{
    /// <summary>All of it.</summary>
    public long Total => ToolDeclaration + Markers + Retrieval;

    /// <summary>The sums of two.</summary>
    public static LedgerOverhead operator +(LedgerOverhead left, LedgerOverhead right) => left.Add(right);

    /// <summary>The sums of this and another.</summary>
    public LedgerOverhead Add(LedgerOverhead other) => new(ToolDeclaration + other.ToolDeclaration, Markers + other.Markers, Retrieval + other.Retrieval);
}
