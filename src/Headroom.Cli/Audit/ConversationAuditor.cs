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
    private readonly ConversationTerms _terms;
    private readonly UsageFit _fit;
    private readonly InMemoryHeadroomLedger _ledger;
    private readonly AuditAccount _account;
    private readonly CacheBreakFinder _breaks;
    private readonly List<AuditedItem> _items = [];

    public ConversationAuditor(RecordedConversation conversation, AuditOptions options)
    {
        (_conversation, _options) = (conversation, options);
        _compressor = new ConversationCompressor(new HeadroomOptions { Mode = options.Mode, ContextWindowTokens = options.ContextWindow });
        bool callsTools = conversation.Requests.Any(r => r.Tools.Count > 0 || r.Answer.Parts.Exists(p => p.Kind == RecordedPartKind.Call));
        _context = new ConversationContext { CanRetrieve = options.Retrieval && _compressor.MayElide && callsTools, HoldsOriginals = true };
        _estimate = _context.CanRetrieve ? new RetrievalEstimate() : null;
        _parts = new AuditedParts(_compressor.Tokens);
        _prompt = new SentPrompt(_parts, _estimate);
        _terms = new ConversationTerms(conversation, options);
        _fit = UsageFit.Of(conversation, _parts, _terms.Of(conversation.Requests[0].Model).Scale);
        _ledger = new InMemoryHeadroomLedger(new HeadroomLedgerOptions { CacheRulesOf = m => _terms.Of(m).CountedRules(_fit.Scale) });
        _account = new AuditAccount(_terms, _fit);
        _breaks = new CacheBreakFinder(_parts);
    }

    public async Task<ConversationAudit> RunAsync(Action onRequest, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _conversation.Requests.Count; i++)
        {
            await ReplayAsync(i, cancellationToken).ConfigureAwait(false);
            onRequest();
        }

        return new ConversationAudit
        {
            Name = _conversation.Name,
            Models = [.. _conversation.Requests.Select(r => _options.Model ?? r.Model).OfType<string>().Distinct(StringComparer.Ordinal)],
            Figures = _account.Figures,
            Cost = _account.Cost,
            Output = (long)Math.Round(_account.Output),
            Reported = _account.Cache.Requests > 0 ? _account.Reported : _conversation.Total ?? default,
            Cache = _account.Cache,
            Fit = _fit,
            CanRetrieve = _context.CanRetrieve,
            Turns = _account.Turns,
            Items = _items,
            Breaks = _breaks.Found,
            Volatile = RecordedPrompt.VolatileIn(_conversation.Requests[0]),
        };
    }

    private async Task ReplayAsync(int index, CancellationToken cancellationToken)
    {
        RecordedRequest request = _conversation.Requests[index];
        _prompt.Begin(_fit.Hidden, request.Tools, _context.CanRetrieve);
        (RecordedMessage? Message, long Tokens) gone = _prompt.Move(request);
        await CompressAsync(index, cancellationToken).ConfigureAwait(false);
        var entry = new LedgerEntry
        {
            Conversation = "",
            Group = LedgerGroup.Shadow,
            Model = _terms.Of(request.Model).Model,
            Counter = _compressor.Tokens.Name,
            At = request.At is { } at ? at - DateTimeOffset.UnixEpoch : null,
            Blocks = _prompt.Blocks,
        };
        LedgerFigures figures = _ledger.Record(entry), round = LedgerFigures.Zero;
        _breaks.Look(request, index + 1, _terms.Of(request.Model), gone, figures, _fit.Scale);
        (int retrievals, int callTokens) = Retrieve(request.Answer);
        if (retrievals > 0) round = _ledger.Record(entry with { Blocks = _prompt.Blocks, IsRetrievalRound = true, RetrievalCallTokens = callTokens });
        _account.Add(request, figures, round, retrievals, request.Answer.Parts.Sum(p => (long)_compressor.Tokens.Count(p.Wire)));
    }

    private async Task CompressAsync(int index, CancellationToken cancellationToken)
    {
        List<AuditedPart> items = _prompt.Items;
        if (_options.ContextWindow is not null || items.Exists(p => p.Ahead is null)) await LookAheadAsync(index, cancellationToken).ConfigureAwait(false);
        foreach (AuditedPart part in items)
        {
            if (!ReferenceEquals(part.Outcome, part.Ahead)) Change(part, part.Ahead!, index + 1);
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
    private async Task LookAheadAsync(int index, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordedRequest> requests = _conversation.Requests;
        RecordedRequest request = requests[index], last = request;
        int end = _options.ContextWindow is null ? Math.Min(requests.Count, index + Ahead) : index;
        for (int i = index; i < end && ReferenceEquals(requests[i].History, request.History); i++) last = requests[i];
        List<AuditedPart> items = [.. request.History.Take(last.Count).SelectMany(_parts.Of).Where(p => p.Item is not null)];
        IReadOnlyList<ItemOutcome> outcomes = await _compressor.CompressAsync([.. items.Select(p => p.Item!)], _context, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < items.Count; i++) items[i].Ahead = outcomes[i];
    }

    private void Change(AuditedPart part, ItemOutcome outcome, int number)
    {
        if (part.IsResult && part.Audited is null)
        {
            string tool = part.Item!.ToolName is { Length: > 0 } name ? name : "(unknown)";
            part.Audited = new AuditedItem
            {
                Index = _items.Count,
                Tool = tool,
                Line = part.Line,
                Request = number,
                Kind = outcome.Kind,
                Form = outcome.Form,
                Reason = outcome.Reason,
                TokensBefore = outcome.TokensBefore,
                TokensAfter = outcome.TokensAfter,
            };
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
        if (part.Audited is { } audited) _estimate.Cut([.. all.Except(shown)], audited.Index);
        return shown;
    }

    private int MarkerTokens(ItemOutcome outcome)
    {
        if (outcome.Form != ItemForm.Elided || !MarkerGrammar.TryParse(outcome.Text, out ElidedText? elided)) return 0;
        return Math.Clamp(outcome.TokensAfter - elided.Parts.OfType<KeptPart>().Sum(p => _compressor.Tokens.Count(p.Text)), 0, outcome.TokensAfter);
    }

    /// <summary>Puts the calls that fetch back what an answer needs, and their answers, behind the prompt.</summary>
    private (int Retrievals, int CallTokens) Retrieve(RecordedMessage answer)
    {
        if (_estimate is null) return default;
        int callTokens = 0;
        List<(int Item, string Value)> needed =
            _estimate.NeededBy(answer.Parts.Where(p => p.Kind is RecordedPartKind.Text or RecordedPartKind.Call).Select(p => p.Text));
        needed.RemoveAll(n => _prompt.Items.TrueForAll(p => p.Audited?.Index != n.Item)); // what is not sent any more cannot be asked for
        foreach ((int index, string value) in needed)
        {
            AuditedPart part = _prompt.Items.First(p => p.Audited?.Index == index);
            var wanted = new RetrievalRequest { Id = part.Outcome!.OriginalId ?? "", Query = value };
            callTokens += _prompt.Retrieve($$"""{{RetrievalTool.Name}}{"id":"{{wanted.Id}}","query":"{{value}}"}""").Sent.Tokens;
            _prompt.Retrieve(OriginalRetriever.Answer(part.Recorded.Text, wanted, _compressor.Tokens));
            _items[index].Retrievals++;
        }

        return (needed.Count, callTokens);
    }
}
