using Headroom.Cli.Transcripts;
using Headroom.Economics;
using Headroom.Retrieval;

namespace Headroom.Cli.Audit;

/// <summary>
/// Replays one recorded conversation: before every turn of the model the request as it was recorded, and as Headroom would have sent it, both through
/// the ledger. For use once, by one thread.
/// </summary>
internal sealed class ConversationAuditor
{
    /// <summary>Requests compressed at a time: enough that walking over the history anew costs little, few enough that progress can be seen.</summary>
    private const int Ahead = 32;

    private readonly AuditOptions _options;
    private readonly RecordedConversation _conversation;
    private readonly ConversationCompressor _compressor;
    private readonly ConversationContext _context;
    private readonly AuditedParts _parts;
    private readonly RetrievalEstimate? _estimate;
    private readonly SentPrompt _prompt;
    private readonly InMemoryHeadroomLedger _ledger;
    private readonly Dictionary<string, ModelTerms> _terms = new(StringComparer.Ordinal);
    private readonly UsageFit _fit;
    private readonly bool _hasHourLongEntries;
    private readonly List<AuditedItem> _items = [];
    private readonly List<AuditedTurn> _turns = [];
    private readonly CacheBreakFinder _breaks;

    private LedgerFigures _figures = LedgerFigures.Zero;
    private AuditCost _cost;
    private CacheComparison _cache;
    private ReportedUsage _reported;
    private long _output;

    public ConversationAuditor(RecordedConversation conversation, AuditOptions options)
    {
        (_conversation, _options) = (conversation, options);
        _compressor = new ConversationCompressor(new HeadroomOptions { Mode = options.Mode, ContextWindowTokens = options.ContextWindow });
        _parts = new AuditedParts(_compressor.Tokens);
        bool callsTools = conversation.Requests.Any(r => r.Tools.Count > 0 || r.Answer.Parts.Exists(p => p.Kind == RecordedPartKind.Call));
        _context = new ConversationContext { CanRetrieve = options.Retrieval && _compressor.MayElide && callsTools, HoldsOriginals = true };
        _estimate = _context.CanRetrieve ? new RetrievalEstimate() : null;
        _prompt = new SentPrompt(_parts, _estimate);
        RecordedUsage[] usages = [.. conversation.Requests.Select(r => r.Usage).OfType<RecordedUsage>()];
        _hasHourLongEntries = 2 * usages.Sum(u => u.HourWrites) > usages.Sum(u => u.Counts.CacheWritten);
        _fit = Fit();
        _breaks = new CacheBreakFinder(_parts);
        _ledger = new InMemoryHeadroomLedger(new HeadroomLedgerOptions { CacheRulesOf = m => Terms(m).CountedRules(_fit.Scale) });
        _cost = new AuditCost(conversation.Requests.All(r => Terms(r).IsPriced), 0, 0, 0);
    }

    public async Task<ConversationAudit> RunAsync(Action onRequest, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _conversation.Requests.Count; i++)
        {
            await ReplayAsync(_conversation.Requests[i], i + 1, cancellationToken).ConfigureAwait(false);
            onRequest();
        }

        return new ConversationAudit
        {
            Name = _conversation.Name,
            Models = [.. _conversation.Requests.Select(r => _options.Model ?? r.Model).OfType<string>().Distinct(StringComparer.Ordinal)],
            Figures = _figures,
            Cost = _cost,
            Output = _output,
            Reported = _cache.Requests > 0 ? _reported : _conversation.Total ?? default,
            Cache = _cache,
            Fit = _fit,
            CanRetrieve = _context.CanRetrieve,
            Turns = _turns,
            Items = _items,
            Breaks = _breaks.Found,
            Volatile = CacheBreakFinder.VolatileIn(_conversation.Requests[0]),
        };
    }

    private async Task ReplayAsync(RecordedRequest request, int number, CancellationToken cancellationToken)
    {
        ModelTerms terms = Terms(request);
        _prompt.Begin(_fit.Hidden, request.Tools, _context.CanRetrieve);
        (RecordedMessage? Message, long Tokens) gone = _prompt.Move(request);
        await CompressAsync(number, cancellationToken).ConfigureAwait(false);
        var entry = new LedgerEntry
        {
            Conversation = "",
            Group = LedgerGroup.Shadow,
            Model = request.Model,
            Counter = _compressor.Tokens.Name,
            At = request.At is { } at ? at - DateTimeOffset.UnixEpoch : null,
            Blocks = _prompt.Blocks,
        };
        LedgerFigures figures = _ledger.Record(entry);
        _breaks.Look(request, number, terms, gone, figures, _fit.Scale);
        LedgerFigures withRetrieval = figures;
        int retrievals = Retrieve(request, out int callTokens);
        if (retrievals > 0)
            withRetrieval = figures.Add(_ledger.Record(entry with { Blocks = _prompt.Blocks, IsRetrievalRound = true, RetrievalCallTokens = callTokens }));
        _figures = _figures.Add(withRetrieval);
        Account(request, number, terms, figures, withRetrieval, retrievals);
    }

    private async Task CompressAsync(int number, CancellationToken cancellationToken)
    {
        List<AuditedPart> items = _prompt.Items;
        if (_options.ContextWindow is not null || items.Exists(p => p.Ahead is null)) await LookAheadAsync(number, cancellationToken).ConfigureAwait(false);
        foreach (AuditedPart part in items)
        {
            if (!ReferenceEquals(part.Outcome, part.Ahead)) Change(part, part.Ahead!, number);
            if (part.Audited is not { } audited) continue;
            audited.TimesSent++;
            audited.WireBefore += part.Block.Tokens;
            audited.WireSent += part.Sent.Sent.Tokens;
        }

        _prompt.Refresh();
    }

    /// <summary>
    /// Compresses the prompt of a request, and of some that go on from it: what becomes of an item never depends on what follows. Only steps that
    /// make room are looked at request by request.
    /// </summary>
    private async Task LookAheadAsync(int number, CancellationToken cancellationToken)
    {
        RecordedRequest request = _conversation.Requests[number - 1], last = request;
        for (int i = number; i < _conversation.Requests.Count && i < number + Ahead && _options.ContextWindow is null && ReferenceEquals(_conversation.Requests[i].History, request.History); i++)
            last = _conversation.Requests[i];
        List<AuditedPart> items = [.. request.History.Take(last.Count).SelectMany(_parts.Of).Where(p => p.Item is not null)];
        IReadOnlyList<ItemOutcome> outcomes = await _compressor.CompressAsync([.. items.Select(p => p.Item!)], _context, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < items.Count; i++) items[i].Ahead = outcomes[i];
    }

    private void Change(AuditedPart part, ItemOutcome outcome, int number)
    {
        if (part.IsResult && part.Audited is null)
        {
            part.Audited = new AuditedItem { Tool = part.Item!.ToolName is { Length: > 0 } tool ? tool : "(unknown)", Line = part.Line, Request = number, Outcome = outcome };
            _items.Add(part.Audited);
        }

        if (outcome.Reason == OutcomeReason.MadeRoom && part.Audited is { } audited) audited.GaveWay = true;

        bool isSame = string.Equals(outcome.Text, part.Recorded.Text, StringComparison.Ordinal);
        LedgerBlock sent = isSame
            ? LedgerBlock.Same(part.Block, part.Sent.Kind)
            : new LedgerBlock(part.Block, PromptBlock.Of(outcome.Text, outcome.TokensAfter), part.Sent.Kind, MarkerTokens(outcome));
        _prompt.Change(part, outcome, sent, isSame || _estimate is null ? part.Values : VisibleValues(part, outcome));
    }

    /// <summary>What a reader can see of a result. Another spelling of the whole shows all of it; of a cut one, the values that are gone are remembered.</summary>
    private int[] VisibleValues(AuditedPart part, ItemOutcome outcome)
    {
        int[] shown = _estimate!.ValuesOf(outcome.Text), all = _estimate.ValuesOf(part.Recorded.Text);
        if (outcome.OriginalId is null) return [.. all.Union(shown)];
        if (part.Audited is { } audited) _estimate.Cut([.. all.Except(shown)], _items.IndexOf(audited));
        return shown;
    }

    private int MarkerTokens(ItemOutcome outcome)
    {
        if (outcome.Form != ItemForm.Elided || !MarkerGrammar.TryParse(outcome.Text, out ElidedText? elided)) return 0;
        return Math.Clamp(outcome.TokensAfter - elided.Parts.OfType<KeptPart>().Sum(p => _compressor.Tokens.Count(p.Text)), 0, outcome.TokensAfter);
    }

    /// <summary>The calls that fetch back what the answer to a request needs, and their answers, put behind the prompt.</summary>
    private int Retrieve(RecordedRequest request, out int callTokens)
    {
        callTokens = 0;
        if (_estimate is null) return 0;
        List<(int Item, string Value)> needed = _estimate.NeededBy(request.Answer.Parts.Where(p => p.Kind is RecordedPartKind.Text or RecordedPartKind.Call).Select(p => p.Text));
        foreach ((int index, string value) in needed)
        {
            AuditedItem item = _items[index];
            AuditedPart part = _prompt.Items.First(p => p.Audited == item);
            string id = part.Outcome!.OriginalId ?? "";
            var wanted = new RetrievalRequest { Id = id, Query = value };
            callTokens += _prompt.Retrieve($$"""{{RetrievalTool.Name}}{"id":"{{id}}","query":"{{value}}"}""").Sent.Tokens;
            _prompt.Retrieve(OriginalRetriever.Answer(part.Recorded.Text, wanted, _compressor.Tokens));
            item.Retrievals++;
        }

        return needed.Count;
    }

    private void Account(RecordedRequest request, int number, ModelTerms terms, LedgerFigures recorded, LedgerFigures sent, int retrievals)
    {
        double scale = _fit.Scale;
        ReportedUsage? reported = request.Usage?.Counts;
        double output = reported?.Output ?? request.Answer.Parts.Sum(p => _compressor.Tokens.Count(p.Wire)) * scale;
        _output += (long)Math.Round(output);
        long modelledRead = (long)Math.Round(recorded.CacheWithout.CachedRead * scale);
        CacheUsage first = recorded.CacheSent, round = Less(sent.CacheSent, first);
        double without = terms.Cost(Scaled(recorded.CacheWithout, scale), output);
        double with = terms.Cost(Scaled(first, scale), output) + terms.Cost(Scaled(round, scale), sent.RetrievalOutput * scale);
        _cost = _cost.Add(new AuditCost(_cost.IsPriced, without, with, terms.Cost(default, output)));
        if (request.Usage is { } usage)
        {
            ReportedUsage counts = usage.Counts;
            var origin = new CacheUsage(counts.CachedRead, counts.CacheWritten, Math.Max(0, counts.Input - counts.CachedRead - counts.CacheWritten));
            long hourWrites = _hasHourLongEntries ? 0 : usage.HourWrites; // else the price of writes already is that of an hour
            _cost = _cost with { ReportedRequests = _cost.ReportedRequests + 1, Reported = _cost.Reported + terms.Cost(origin, counts.Output, hourWrites), OfReported = _cost.OfReported + without };
            _cache = _cache.Add(new CacheComparison(1, counts.Input, counts.CachedRead, modelledRead, Math.Abs(modelledRead - counts.CachedRead)));
            _reported += counts;
        }

        _turns.Add(new AuditedTurn
        {
            Number = number,
            Without = recorded.CacheWithout,
            Sent = sent.CacheSent,
            Retrievals = retrievals,
            Reported = reported,
            ModelledRead = modelledRead,
        });
    }

    private UsageFit Fit()
    {
        List<(long Counted, long Reported, bool GoesOn)> seen = [];
        if (_conversation.Requests.All(r => r.Usage is null)) return UsageFit.Of(seen, Terms(_conversation.Requests[0]).Scale);
        IReadOnlyList<RecordedMessage>? history = null;
        int count = 0;
        long counted = 0;
        foreach (RecordedRequest request in _conversation.Requests)
        {
            bool goesOn = ReferenceEquals(history, request.History);
            if (!goesOn) (history, count, counted) = (request.History, 0, 0);
            for (; count < request.Count; count++) counted += _parts.Of(request.History[count]).Sum(p => (long)p.Block.Tokens);
            if (request.Usage is { } usage) seen.Add((counted + request.Tools.Sum(t => (long)_parts.Block(t).Tokens), usage.Counts.Input, goesOn && seen.Count > 0));
        }

        return UsageFit.Of(seen, Terms(_conversation.Requests[0]).Scale);
    }

    private ModelTerms Terms(RecordedRequest request) => Terms(request.Model);

    private ModelTerms Terms(string? recordedModel)
    {
        if (_terms.TryGetValue(recordedModel ?? "", out ModelTerms? terms)) return terms;
        terms = ModelTerms.For(_options.Model ?? recordedModel, _options.Prices);
        if (_hasHourLongEntries) terms = terms.WithHourLongEntries();
        _terms.Add(recordedModel ?? "", terms);
        return terms;
    }

    private static CacheUsage Scaled(CacheUsage usage, double scale) =>
        new((long)Math.Round(usage.CachedRead * scale), (long)Math.Round(usage.Written * scale), (long)Math.Round(usage.Uncached * scale));

    private static CacheUsage Less(CacheUsage usage, CacheUsage other) =>
        new(usage.CachedRead - other.CachedRead, usage.Written - other.Written, usage.Uncached - other.Uncached);
}
