using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>Sums up the requests of a conversation: cost, output, and what the provider reported beside the model. Not thread-safe.</summary>
internal sealed class AuditAccount(ConversationTerms terms, UsageFit fit)
{
    private readonly List<AuditedTurn> _turns = [];

    public LedgerFigures Figures { get; private set; } = LedgerFigures.Zero;

    public AuditCost Cost { get; private set; } = new(terms.IsPriced, 0, 0, 0);

    public CacheComparison Cache { get; private set; }

    public ReportedUsage Reported { get; private set; }

    /// <summary>Tokens of output, in the provider's: reported, else counted.</summary>
    public double Output { get; private set; }

    public IReadOnlyList<AuditedTurn> Turns => _turns;

    /// <summary>Adds a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="figures">What the ledger makes of it.</param>
    /// <param name="round">What the ledger makes of the round of retrieval behind it; zero where there is none.</param>
    /// <param name="retrievals">Retrievals in that round.</param>
    /// <param name="countedOutput">Counted tokens of the answer.</param>
    public void Add(RecordedRequest request, LedgerFigures figures, LedgerFigures round, int retrievals, long countedOutput)
    {
        ModelTerms model = terms.Of(request.Model);
        double output = request.Usage?.Counts.Output ?? countedOutput * fit.Scale;
        double without = model.Cost(Scaled(figures.CacheWithout), output);
        double sent = model.Cost(Scaled(figures.CacheSent), output) + model.Cost(Scaled(round.CacheSent), round.RetrievalOutput * fit.Scale);
        long modelledRead = Scaled(figures.CacheWithout).CachedRead;
        Figures = Figures.Add(figures).Add(round);
        Cost = Cost.Add(new AuditCost(terms.IsPriced, without, sent, model.Cost(default, output)));
        Output += output;
        if (request.Usage is { } usage) Compare(usage, model, modelledRead, without);
        _turns.Add(new AuditedTurn
        {
            Number = _turns.Count + 1,
            Without = figures.CacheWithout,
            Sent = figures.CacheSent + round.CacheSent,
            Retrievals = retrievals,
            Reported = request.Usage?.Counts,
            ModelledRead = modelledRead,
        });
    }

    private void Compare(WireUsage usage, ModelTerms model, long modelledRead, double modelledCost)
    {
        ReportedUsage counts = usage.Counts;
        var origin = new CacheUsage(counts.CachedRead, counts.CacheWritten, Math.Max(0, counts.Input - counts.CachedRead - counts.CacheWritten));
        long hourWrites = terms.HasHourLongEntries ? 0 : usage.HourWrites; // else the price of writes already is that of an hour
        Cost = Cost with
        {
            ReportedRequests = Cost.ReportedRequests + 1,
            Reported = Cost.Reported + model.Cost(origin, counts.Output, hourWrites),
            OfReported = Cost.OfReported + modelledCost,
        };
        Cache = Cache.Add(new CacheComparison(1, counts.Input, counts.CachedRead, modelledRead, Math.Abs(modelledRead - counts.CachedRead)));
        Reported += counts;
    }

    /// <summary>Counted tokens in those of the provider.</summary>
    private CacheUsage Scaled(CacheUsage usage) => new(Scaled(usage.CachedRead), Scaled(usage.Written), Scaled(usage.Uncached));

    private long Scaled(long tokens) => (long)Math.Round(tokens * fit.Scale);
}
