using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.PrefixCache;

/// <summary>The last request of a conversation, as far as a prompt cache is concerned. Immutable.</summary>
internal sealed class WatchedPrompt
{
    /// <summary>What a piece takes besides its text, in characters of two bytes.</summary>
    private const int PieceCharacters = 32;

    private readonly WatchedPiece[] _pieces;
    private readonly int _pinned;

    public WatchedPrompt(WatchedPiece[] pieces)
    {
        _pieces = pieces;
        while (_pinned < pieces.Length && pieces[_pinned].IsPinned) _pinned++;
        foreach (WatchedPiece piece in pieces)
        {
            Characters += PieceCharacters + (piece.Text?.Length ?? 0);
            HasTurn |= piece.Kind is PromptPartKind.Assistant or PromptPartKind.ToolCall;
        }
    }

    /// <summary>Characters it holds, most of them in texts the engine holds anyway.</summary>
    public long Characters { get; }

    /// <summary>Whether a model has spoken. A request in which none has may be another errand of the agent that only begins with the same question.</summary>
    public bool HasTurn { get; }

    /// <summary>What an application sends with every request: tools and system prompts.</summary>
    public ReadOnlySpan<WatchedPiece> Pinned => _pieces.AsSpan(0, _pinned);

    private ReadOnlySpan<WatchedPiece> Rest => _pieces.AsSpan(_pinned);

    /// <summary>How many pieces behind tools and system prompts another request repeats.</summary>
    public int Match(WatchedPrompt later) => CommonLength(Rest, later.Rest);

    /// <summary>Whether a request that repeats so many pieces repeats them all.</summary>
    public bool IsContinuedAt(int same) => same == Rest.Length;

    /// <summary>Whether tools and system prompts are the same.</summary>
    public bool BeginsLike(WatchedPrompt later) => _pinned == later._pinned && CommonLength(Pinned, later.Pinned) == _pinned;

    /// <summary>Where a later request breaks with this one; <see langword="null"/> where it does not.</summary>
    public PrefixBreak? Compare(WatchedPrompt later)
    {
        int at = CommonLength(_pieces, later._pieces);
        if (at == _pieces.Length || at == later._pieces.Length) return null;
        if (PromptComparer.Compare(PartsFrom(at), later.PartsFrom(at)) is not { } found) return null;
        // Of hashes neither length nor place means anything, and every one of them looks like a random text.
        bool isChange = found.Change is PrefixChange.TextChanged or PrefixChange.ToolChanged or PrefixChange.VolatileText;
        found = found with { Index = found.Index + at, LostCharacters = 0, Offset = 0, Volatile = null };
        if (isChange) found = found with { Change = found.Kind == PromptPartKind.ToolDeclaration ? PrefixChange.ToolChanged : PrefixChange.TextChanged };
        if (!isChange || _pieces[at].Text is not { } before || later._pieces[at].Text is not { } now) return found;
        // With the two texts themselves, the comparer says where they part, and what stands there.
        return PromptComparer.Compare([_pieces[at].Named(before)], [later._pieces[at].Named(now)]) is { } exact
            ? found with { Change = exact.Change, Offset = exact.Offset, Volatile = exact.Volatile }
            : found;
    }

    private PromptPart[] PartsFrom(int at)
    {
        var parts = new PromptPart[_pieces.Length - at];
        for (int i = 0; i < parts.Length; i++) parts[i] = _pieces[at + i].AsPart();
        return parts;
    }

    private static int CommonLength(ReadOnlySpan<WatchedPiece> left, ReadOnlySpan<WatchedPiece> right)
    {
        int length = Math.Min(left.Length, right.Length), at = 0;
        while (at < length && left[at].IsSameAs(right[at])) at++;
        return at;
    }
}
