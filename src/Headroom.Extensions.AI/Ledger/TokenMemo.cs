using Headroom.Economics;
using Headroom.Retrieval;
using Headroom.Tokens;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>Counts texts, each once: what is sent in many conversations, or was forgotten and came back, is hashed instead, which is much faster than counting.</summary>
/// <remarks>Thread-safe. Bounded: of two generations the older one goes when the younger is full, so that what is in use stays.</remarks>
internal sealed class TokenMemo(ITokenCounter tokens)
{
    /// <summary>Counts a generation holds, at about 30 bytes each: half a megabyte, and the texts of a hundred long conversations.</summary>
    private const int Capacity = 16 * 1024;

    private readonly Lock _lock = new();
    private Dictionary<ulong, int> _young = [];
    private Dictionary<ulong, int> _old = [];

    public PromptBlock Block(string text)
    {
        ulong hash = PromptBlock.HashOf(text);
        lock (_lock)
        {
            if (_young.TryGetValue(hash, out int known)) return new PromptBlock(hash, known);
            if (_old.TryGetValue(hash, out known))
            {
                Remember(hash, known);
                return new PromptBlock(hash, known);
            }
        }

        int count = tokens.Count(text);
        lock (_lock) Remember(hash, count);
        return new PromptBlock(hash, count);
    }

    /// <summary>Tokens of an outcome that are markers rather than content: what is left when the kept parts are taken away.</summary>
    public int MarkerTokens(ItemOutcome outcome)
    {
        if (outcome.Form != ItemForm.Elided || !MarkerGrammar.TryParse(outcome.Text, out ElidedText? elided)) return 0;
        int kept = elided.Parts.OfType<KeptPart>().Sum(p => tokens.Count(p.Text));
        return Math.Clamp(outcome.TokensAfter - kept, 0, outcome.TokensAfter);
    }

    private void Remember(ulong hash, int count)
    {
        if (_young.Count >= Capacity) (_young, _old) = ([], _young);
        _young[hash] = count;
    }
}
