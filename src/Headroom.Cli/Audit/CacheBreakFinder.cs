using Headroom.Cli.Transcripts;
using Headroom.Economics;
using Headroom.PromptCaching;

namespace Headroom.Cli.Audit;

/// <summary>Says where, from one recorded request to the next, the prompt cache was lost, and why. Not thread-safe.</summary>
internal sealed class CacheBreakFinder(AuditedParts parts)
{
    /// <summary>A provider that reads less than this share of the prompt below what it could has missed the cache; the rest is rounding and tokenizers.</summary>
    private const double Missed = 0.2;

    private readonly List<CacheBreak> _found = [];
    private RecordedRequest? _before;
    private string? _model;
    private CacheUsage _usage;

    public IReadOnlyList<CacheBreak> Found => _found;

    /// <summary>Looks at a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="number">Its number.</param>
    /// <param name="terms">What its provider's cache is like.</param>
    /// <param name="gone">The first message of the request before that is not where it was, and the tokens recorded from there on.</param>
    /// <param name="figures">What the ledger makes of it.</param>
    /// <param name="scale">Tokens of the provider for one counted.</param>
    public void Look(RecordedRequest request, int number, ModelTerms terms, (RecordedMessage? Message, long Tokens) gone, LedgerFigures figures, double scale)
    {
        if (_before is { } before && Find(before, request, number, terms, gone, figures, scale) is { } found)
            _found.Add(found with { Gap = request.At - before.At });
        (_before, _model, _usage) = (request, terms.Model, figures.CacheWithout);
    }

    private CacheBreak? Find(
        RecordedRequest before, RecordedRequest request, int number, ModelTerms terms, (RecordedMessage? Message, long Tokens) gone, LedgerFigures figures,
        double scale)
    {
        CacheUsage usage = figures.CacheWithout;
        long had = _usage.CachedRead + _usage.Written; // what the cache held of the request before
        if (had > 0 && _model != terms.Model) return new CacheBreak(number, CacheBreakReason.ModelChanged, had);
        if (gone.Message is not null && request.Change is HistoryChange.Compacted or HistoryChange.Branched)
        {
            CacheBreakReason reason = request.Change == HistoryChange.Compacted ? CacheBreakReason.Compacted : CacheBreakReason.Branched;
            return new CacheBreak(number, reason, Math.Min(gone.Tokens, figures.NewInput.Before)); // no more is lost than is sent
        }

        if (gone.Message is not null || !before.Tools.SequenceEqual(request.Tools, StringComparer.Ordinal)) return Changed(before, request, number, gone);
        if (had > 0 && usage.CachedRead == 0 && request.At - before.At > terms.Rules.Lifetime) return new CacheBreak(number, CacheBreakReason.Expired, had);
        if (request.Usage is not { Counts: { Input: > 0 } counts } || usage.Input == 0) return null;
        // By share, so that neither the tokenizer nor what is not in the transcript counts.
        double missed = (double)usage.CachedRead / usage.Input - (double)counts.CachedRead / counts.Input;
        return missed >= Missed ? new CacheBreak(number, CacheBreakReason.NotRead, (long)(missed * counts.Input / scale)) : null;
    }

    private CacheBreak Changed(RecordedRequest before, RecordedRequest request, int number, (RecordedMessage? Message, long Tokens) gone)
    {
        PrefixBreak? found = RecordedPrompt.Compare(before, request, parts);
        int line = found?.Message is { } message ? request.History[message - 1].Line : 0;
        return new CacheBreak(number, CacheBreakReason.PrefixChanged, found?.LostTokens ?? gone.Tokens) { Line = line, Prefix = found };
    }
}
