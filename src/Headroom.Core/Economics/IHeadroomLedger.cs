namespace Headroom.Economics;

/// <summary>Keeps account of what Headroom saves and costs: tokens and money, with and without it, per conversation and in total.</summary>
/// <remarks>Implementations are thread-safe. Front doors record every request; a failure of the ledger fails no request.</remarks>
public interface IHeadroomLedger
{
    /// <summary>Takes down a request after it was answered.</summary>
    /// <param name="entry">The request.</param>
    /// <returns>The figures of this request alone.</returns>
    LedgerFigures Record(LedgerEntry entry);

    /// <summary>Everything taken down so far.</summary>
    LedgerSnapshot Snapshot();
}
