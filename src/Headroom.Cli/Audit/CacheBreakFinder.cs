using Headroom.Cli.Transcripts;
using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>Says where, from one recorded request to the next, the prompt cache was lost, and why. Not thread-safe.</summary>
internal sealed class CacheBreakFinder
{
    /// <summary>A cache that reads less than this share of the prompt below what it could is taken to have been missed; the rest is rounding and tokenizers.</summary>
    private const double Missed = 0.2;

    private readonly List<CacheBreak> _found = [];
    private RecordedRequest? _before;
    private CacheUsage _usage;

    public IReadOnlyList<CacheBreak> Found => _found;

    /// <summary>Looks at a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="number">Its number.</param>
    /// <param name="terms">What its provider's cache is like.</param>
    /// <param name="gone">The first message of the request before that is not where it was.</param>
    /// <param name="lost">Tokens recorded from that message on.</param>
    /// <param name="usage">What the cache made of it, as modelled.</param>
    /// <param name="tokens">Tokens of the prompt.</param>
    /// <param name="scale">Tokens of the provider for one counted.</param>
    public void Look(RecordedRequest request, int number, ModelTerms terms, RecordedMessage? gone, long lost, CacheUsage usage, long tokens, double scale)
    {
        if (_before is { } before)
        {
            long had = _usage.CachedRead + _usage.Written; // what the cache held of the request before
            TimeSpan? gap = request.At - before.At;
            if (before.Model != request.Model && had > 0) _found.Add(new CacheBreak(number, CacheBreakReason.ModelChanged, had));
            else if (!before.Tools.SequenceEqual(request.Tools, StringComparer.Ordinal)) _found.Add(new CacheBreak(number, CacheBreakReason.ToolsChanged, had));
            else if (gone is not null) _found.Add(Changed(request, number, gone, lost));
            else if (had > 0 && usage.CachedRead == 0 && gap > terms.Rules.Lifetime) _found.Add(new CacheBreak(number, CacheBreakReason.Expired, had) { Gap = gap });
            else if (request.Usage is { Counts: var counts })
            {
                // By share, so that neither the tokenizer nor what is not in the transcript counts.
                double could = tokens > 0 ? (double)usage.CachedRead / tokens : 0, did = counts.Input > 0 ? (double)counts.CachedRead / counts.Input : could;
                if (could - did >= Missed) _found.Add(new CacheBreak(number, CacheBreakReason.NotRead, (long)((could - did) * counts.Input / scale)) { Gap = gap });
            }
        }

        (_before, _usage) = (request, usage);
    }

    private static CacheBreak Changed(RecordedRequest request, int number, RecordedMessage gone, long lost)
    {
        CacheBreakReason reason = request.Change switch
        {
            HistoryChange.Compacted => CacheBreakReason.Compacted,
            HistoryChange.Branched => CacheBreakReason.Branched,
            _ => CacheBreakReason.Edited,
        };
        if (reason != CacheBreakReason.Edited) return new CacheBreak(number, reason, lost) { Line = gone.Line };
        int at = 0;
        while (at < request.Count && !ReferenceEquals(request.History[at], gone) && !IsInstead(request.History[at], gone)) at++;
        RecordedMessage? now = at < request.Count ? request.History[at] : null;
        return new CacheBreak(number, reason, lost) { Line = now?.Line ?? gone.Line, Offset = now is null ? null : Offset(gone, now) };
    }

    /// <summary>Whether a message stands where another one stood: of the same role, and new.</summary>
    private static bool IsInstead(RecordedMessage message, RecordedMessage gone) => message.Role == gone.Role && message.Line > gone.Line;

    private static int Offset(RecordedMessage gone, RecordedMessage now)
    {
        string before = string.Concat(gone.Parts.Select(p => p.Wire)), after = string.Concat(now.Parts.Select(p => p.Wire));
        return before.AsSpan().CommonPrefixLength(after);
    }
}
