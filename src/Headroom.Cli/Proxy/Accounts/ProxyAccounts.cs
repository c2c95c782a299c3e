using System.Collections.Concurrent;
using Headroom.Cli.Proxy.Answers;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Cli.Proxy.Forwarding;
using Headroom.Cli.Proxy.PrefixCache;
using Headroom.Economics;

namespace Headroom.Cli.Proxy.Accounts;

/// <summary>Keeps account of what passes: counts, hashes and names of models, never content. Thread-safe.</summary>
/// <param name="compressor">The engine.</param>
/// <param name="talk">Told what is worth a line in the log, each once.</param>
internal sealed class ProxyAccounts(ConversationCompressor compressor, Action<string> talk)
{
    private readonly TextCounts _counts = new(compressor.Tokens);
    private readonly ConversationNames _names = new();
    private readonly ConcurrentDictionary<string, long> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Body, Delivery Delivery), long> _requests = new();

    public InMemoryHeadroomLedger Ledger { get; } = new();

    public NewItems Items { get; } = new();

    public PrefixAccounts Prefixes { get; } = new(talk);

    /// <summary>Failures of ours, by stage. None of them failed a request.</summary>
    public IEnumerable<KeyValuePair<string, long>> Failures => _failures.OrderBy(f => f.Key, StringComparer.Ordinal);

    /// <summary>Requests by what became of their bodies and how they ended.</summary>
    public IEnumerable<((string Body, Delivery Delivery) Key, long Count)> Requests => _requests.OrderBy(r => r.Key).Select(r => (r.Key, r.Value));

    public void Failed(string stage) => _failures.AddOrUpdate(stage, 1, (_, n) => n + 1);

    public void Ended(string body, Delivery delivery) => _requests.AddOrUpdate((body, delivery), 1, (_, n) => n + 1);

    /// <summary>What the ledger is told of a request; <see langword="null"/> where its prompt was not read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="upstream">The provider it went to.</param>
    /// <param name="sentAt">When it was sent, counted from any fixed moment.</param>
    public LedgerEntry? Prepare(RewrittenRequest request, ReadOnlyMemory<byte> body, Upstream upstream, TimeSpan sentAt) => Try(() =>
    {
        if (request.Prompt is not { } prompt || request.Outcomes.Count != prompt.Items.Count) return null;
        var entry = new LedgerEntry
        {
            Conversation = _names.Of(prompt),
            Blocks = [.. prompt.Pieces.Select(p => BlockOf(p, request, body.Span, upstream))],
            Breakpoints = prompt.Breakpoints,
            Group = compressor.IsShadow ? LedgerGroup.Shadow : LedgerGroup.Compressed,
            Model = prompt.Model,
            Counter = compressor.Tokens.Name,
            At = sentAt,
            IsRetrievalRound = prompt.OnlyAnswersRetrieval,
            IsPartial = prompt.IsPartial,
        };
        Items.Add(entry.Conversation, prompt, request.Outcomes);
        Try<object>(() =>
        {
            Prefixes.Add(entry, prompt, body.Span, upstream);
            return null;
        }, "prefix");
        return entry;
    });

    /// <summary>Takes down a request that was answered.</summary>
    public void Record(LedgerEntry entry, Answer? answer) => Try<object>(() =>
    {
        if (answer?.Id is { } id) _names.Remember(id, entry.Conversation);
        return Ledger.Record(entry with
        {
            Model = entry.Model ?? answer?.Model,
            Reported = answer?.Usage,
            RetrievalCallTokens = answer?.RetrievalCalls.Sum(c => compressor.Tokens.Count(c)) ?? 0,
            AsksOnlyForRetrieval = answer is { RetrievalCalls.Count: > 0, HasOtherCalls: false },
        });
    });

    private LedgerBlock BlockOf(PromptPiece piece, RewrittenRequest request, ReadOnlySpan<byte> body, Upstream upstream)
    {
        if (piece.Kind == PromptPieceKind.Item)
        {
            ContextItem item = request.Prompt!.Items[piece.Item];
            if (AttributionHeader.IsTakenAway(item, upstream)) return LedgerBlock.Same(default); // no part of the prompt
            LedgerBlock block = _counts.Block(item, request.Outcomes[piece.Item]);
            return piece.IsOurs ? LedgerBlock.Added(block.Sent, LedgerBlockKind.Retrieval) : block;
        }

        PromptBlock same = _counts.Block(piece.Span.Of(body));
        return !piece.IsOurs ? LedgerBlock.Same(same)
            : LedgerBlock.Added(same, piece.Kind == PromptPieceKind.Tool ? LedgerBlockKind.ToolDeclaration : LedgerBlockKind.Retrieval);
    }

    private T? Try<T>(Func<T?> act, string stage = "ledger")
        where T : class
    {
#pragma warning disable CA1031 // Accounts that fail fail no request (law 8).
        try
        {
            return act();
        }
        catch (Exception)
        {
            Failed(stage);
            return null;
        }
#pragma warning restore CA1031
    }
}
