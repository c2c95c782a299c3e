namespace Headroom.Economics;

/// <summary>What requests cost, in US dollars at the prices of a <see cref="PriceTable"/>. Only requests whose model has prices are in it.</summary>
/// <param name="Requests">Requests in <paramref name="Without"/> and <paramref name="Sent"/>.</param>
/// <param name="Without">Cost without Headroom: counted tokens, cache as modelled.</param>
/// <param name="Sent">Cost as sent, retrieval included: counted tokens, cache as modelled.</param>
/// <param name="NetInputTokens"><see cref="Net"/> in tokens at the price of uncached input, each request at its own model's.</param>
/// <param name="ReportedRequests">Requests in <paramref name="Reported"/>.</param>
/// <param name="Reported">Cost of what the provider reported.</param>
public sealed record LedgerMoney(long Requests, double Without, double Sent, double NetInputTokens, long ReportedRequests, double Reported)
{
    /// <summary>Dollars saved, overhead and retrieval paid: <c>Without - Sent</c>. Negative when Headroom cost more than it saved.</summary>
    public double Net => Without - Sent;

    internal static LedgerMoney? Sum(LedgerMoney? left, LedgerMoney? right) => left is null ? right : right is null ? left : new LedgerMoney(
        left.Requests + right.Requests, left.Without + right.Without, left.Sent + right.Sent, left.NetInputTokens + right.NetInputTokens,
        left.ReportedRequests + right.ReportedRequests, left.Reported + right.Reported);
}
