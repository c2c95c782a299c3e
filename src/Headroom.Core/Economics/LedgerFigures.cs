namespace Headroom.Economics;

/// <summary>What the ledger knows of one request, a conversation, or all of them. Immutable; figures of several requests are sums.</summary>
/// <remarks>
/// Tokens in <see cref="WholeWire"/>, <see cref="NewInput"/>, <see cref="TouchedItems"/>, <see cref="CacheWithout"/> and <see cref="CacheSent"/> are counted by
/// Headroom; <see cref="Reported"/> is what providers say. The two differ by what is not text (message frames, images) and by tokenizer.
/// </remarks>
public sealed record LedgerFigures
{
    /// <summary>Nothing yet.</summary>
    public static LedgerFigures Zero { get; } = new();

    /// <summary>Conversations.</summary>
    public long Conversations { get; init; }

    /// <summary>Requests, <see cref="RetrievalRounds"/> included.</summary>
    public long Requests { get; init; }

    /// <summary>Requests made only to answer a retrieval call.</summary>
    public long RetrievalRounds { get; init; }

    /// <summary>Requests the counted figures hold only a part of: the provider was sent more than could be seen here.</summary>
    public long PartialRequests { get; init; }

    /// <summary>Denominator "whole wire": every text token of every request, the history sent again included.</summary>
    public TokenBalance WholeWire { get; init; }

    /// <summary>Denominator "new input": only what no earlier request of the conversation began with, so each token about once.</summary>
    public TokenBalance NewInput { get; init; }

    /// <summary>Denominator "touched items": only the texts that were changed, each once, as it was first sent; the overhead is their markers.</summary>
    public TokenBalance TouchedItems { get; init; }

    /// <summary>Input without Headroom by where it would have come from, as modelled. Without partial requests.</summary>
    public CacheUsage CacheWithout { get; init; }

    /// <summary>Input as sent by where it came from, as modelled. Without partial requests.</summary>
    public CacheUsage CacheSent { get; init; }

    /// <summary>Output tokens written only to ask for retrieval: as reported where that can be told apart, else as counted.</summary>
    public long RetrievalOutput { get; init; }

    /// <summary>Requests for which the provider reported usage.</summary>
    public long ReportedRequests { get; init; }

    /// <summary>What providers reported.</summary>
    public ReportedUsage Reported { get; init; }

    /// <summary>The part of <see cref="Reported"/> that is input of <see cref="RetrievalRounds"/> and output that only asked for retrieval.</summary>
    public ReportedUsage ReportedRetrieval { get; init; }

    /// <summary>The same in dollars; <see langword="null"/> when no request's model has prices.</summary>
    public LedgerMoney? Money { get; init; }

    /// <summary>The sums of this and another.</summary>
    public LedgerFigures Add(LedgerFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new LedgerFigures
        {
            Conversations = Conversations + other.Conversations,
            Requests = Requests + other.Requests,
            RetrievalRounds = RetrievalRounds + other.RetrievalRounds,
            PartialRequests = PartialRequests + other.PartialRequests,
            WholeWire = WholeWire + other.WholeWire,
            NewInput = NewInput + other.NewInput,
            TouchedItems = TouchedItems + other.TouchedItems,
            CacheWithout = CacheWithout + other.CacheWithout,
            CacheSent = CacheSent + other.CacheSent,
            RetrievalOutput = RetrievalOutput + other.RetrievalOutput,
            ReportedRequests = ReportedRequests + other.ReportedRequests,
            Reported = Reported + other.Reported,
            ReportedRetrieval = ReportedRetrieval + other.ReportedRetrieval,
            Money = LedgerMoney.Sum(Money, other.Money),
        };
    }
}
