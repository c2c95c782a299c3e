using System.Collections.Immutable;
using System.Text;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Economics;
using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.PrefixCache;

/// <summary>Counts what breaks the prompt cache between the requests of a conversation, and says each cause once. Thread-safe.</summary>
/// <param name="onFirst">Told of each cause the first time, in one line without content.</param>
internal sealed class PrefixAccounts(Action<string> onFirst)
{
    /// <summary>Places that are listed: who has more does not read on.</summary>
    private const int MaxPlaces = 50;

    /// <summary>Longer declarations and prompts are compared by their hashes only.</summary>
    private const int MaxText = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly PrefixWatch _watch = new();
    private readonly SortedDictionary<PrefixChange, long> _breaks = [];
    private readonly Dictionary<(string Part, PrefixChange Change, VolatileTextKind? Volatile), BrokenPlace> _places = [];
    private readonly HashSet<(PrefixChange, VolatileTextKind?)> _said = [];
    private readonly List<VolatilePlace> _volatile = [];
    private readonly SeenTexts _seen = new(); // what is sent with every request: declarations with their text
    private long _lostTokens;

    public PrefixFigures Figures
    {
        get
        {
            lock (_lock) return new PrefixFigures(_breaks.ToImmutableSortedDictionary(), _lostTokens, [.. _places.Values.OrderByDescending(p => p.Count)], [.. _volatile]);
        }
    }

    /// <summary>Takes an answered request down.</summary>
    /// <param name="entry">What the ledger is told of it: the hashes of its pieces.</param>
    /// <param name="prompt">Its pieces.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="upstream">The provider it went to.</param>
    public void Add(LedgerEntry entry, Prompt prompt, ReadOnlySpan<byte> body, Upstream upstream)
    {
        if (prompt.IsPartial) return;
        var request = new WatchedPrompt(PiecesOf(entry, prompt, body, upstream));
        foreach (WatchedPiece pinned in request.Pinned) LookThrough(pinned);
        if (_watch.Observe($"{entry.Conversation}\0{prompt.Model}", request) is { } found) Count(entry.Conversation, found);
    }

    private WatchedPiece[] PiecesOf(LedgerEntry entry, Prompt prompt, ReadOnlySpan<byte> body, Upstream upstream)
    {
        List<WatchedPiece> pieces = new(prompt.Pieces.Count);
        (int Message, int Part) last = default;
        for (int i = 0; i < prompt.Pieces.Count; i++)
        {
            PromptPiece piece = prompt.Pieces[i];
            ContextItem? item = piece.Kind == PromptPieceKind.Item ? prompt.Items[piece.Item] : null;
            LedgerBlock block = entry.Blocks[i];
            PromptBlock came = block.Without.Tokens > 0 ? block.Without : block.Sent; // ours alone are only in what is sent
            if (item is not null && AttributionHeader.IsTakenAway(item, upstream)) continue;
            bool isDeclaration = piece.Kind == PromptPieceKind.Tool;
            if (!isDeclaration) last = (piece.Message, piece.Message == last.Message ? last.Part + 1 : 1);
            string? text = item?.Text ?? (isDeclaration ? Declaration(came.Hash, piece.Span.Of(body)) : null);
            pieces.Add(new WatchedPiece(WatchedPiece.KindOf(piece, item), came, piece.Name ?? item?.ToolName, piece.Message, isDeclaration ? 1 : last.Part, text));
        }

        return [.. pieces];
    }

    /// <summary>The text of a declaration, decoded once and shared.</summary>
    private string? Declaration(ulong hash, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxText) return null;
        lock (_lock)
        {
            if (_seen.Find(hash) is { } known) return known;
        }

        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Looks once at what is sent with every request.</summary>
    private void LookThrough(WatchedPiece piece)
    {
        lock (_lock)
        {
            if (!_seen.Add(piece.Block.Hash, piece.Kind == PromptPartKind.ToolDeclaration ? piece.Text : null)) return;
        }

        if (piece.Text is not { Length: <= MaxText } text) return;
        string part = piece.AsPart().Name;
        foreach (VolatileText found in VolatileTextDetector.Find(text))
        {
            lock (_lock)
            {
                if (_volatile.Count >= MaxPlaces || _volatile.Exists(v => v.Part == part && v.Kind == found.Kind && v.Offset == found.Offset)) continue;
                _volatile.Add(new VolatilePlace(part, found.Kind, found.Offset));
            }
        }
    }

    private void Count(string conversation, PrefixBreak found)
    {
        bool isFirst;
        lock (_lock)
        {
            _breaks[found.Change] = _breaks.GetValueOrDefault(found.Change) + 1;
            _lostTokens += found.LostTokens ?? 0;
            (string, PrefixChange, VolatileTextKind?) place = (found.Part, found.Change, found.Volatile);
            if (_places.TryGetValue(place, out BrokenPlace? known) || _places.Count < MaxPlaces) _places[place] = new BrokenPlace(conversation, found, (known?.Count ?? 0) + 1);
            isFirst = _said.Add((found.Change, found.Volatile));
        }

        if (isFirst) onFirst($"the prompt cache breaks within conversation {conversation}: {found}. headroom doctor shows where else.");
    }
}
