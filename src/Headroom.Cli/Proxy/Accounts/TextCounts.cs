using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Headroom.Economics;
using Headroom.Retrieval;
using Headroom.Tokens;

namespace Headroom.Cli.Proxy.Accounts;

/// <summary>Counts and hashes the pieces of prompts, each once: a conversation is sent again with every request.</summary>
/// <remarks>Thread-safe. Bounded: of two generations the older one goes when the younger is full, so that what is in use stays.</remarks>
internal sealed class TextCounts(ITokenCounter tokens)
{
    /// <summary>Counts a generation holds, at about 30 bytes each: the tools and calls of a hundred long conversations.</summary>
    private const int Capacity = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<ItemOutcome, ItemBlocks> _items = [];
    private Dictionary<ulong, int> _young = [];
    private Dictionary<ulong, int> _old = [];

    /// <summary>The block of an item, as it came and as it was sent. What the engine remembers it hands out again, and so is known here.</summary>
    public LedgerBlock Block(ContextItem item, ItemOutcome outcome) => _items.GetValue(outcome, o => new ItemBlocks(Make(item, o))).Block;

    /// <summary>The block of a piece that is no item, by its bytes in the body.</summary>
    public PromptBlock Block(ReadOnlySpan<byte> piece)
    {
        Span<byte> sha = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(piece, sha);
        ulong hash = MemoryMarshal.Read<ulong>(sha);
        lock (_lock)
        {
            if (_young.TryGetValue(hash, out int known)) return new PromptBlock(hash, known);
            if (_old.TryGetValue(hash, out known))
            {
                Remember(hash, known);
                return new PromptBlock(hash, known);
            }
        }

        int count = tokens.Count(Encoding.UTF8.GetString(piece));
        lock (_lock) Remember(hash, count);
        return new PromptBlock(hash, count);
    }

    private LedgerBlock Make(ContextItem item, ItemOutcome outcome)
    {
        PromptBlock without = PromptBlock.Of(item.Text, outcome.TokensBefore);
        LedgerBlockKind kind = item.Role == ItemRole.Tool ? LedgerBlockKind.Item : LedgerBlockKind.Other;
        return outcome.Form == ItemForm.Unchanged
            ? LedgerBlock.Same(without, kind)
            : new LedgerBlock(without, PromptBlock.Of(outcome.Text, outcome.TokensAfter), kind, MarkerTokens(outcome));
    }

    /// <summary>Tokens that are markers rather than content: what is left when the kept parts are taken away.</summary>
    private int MarkerTokens(ItemOutcome outcome)
    {
        if (outcome.Form != ItemForm.Elided || !MarkerGrammar.TryParse(outcome.Text, out ElidedText? elided)) return 0;
        return Math.Clamp(outcome.TokensAfter - elided.Parts.OfType<KeptPart>().Sum(p => tokens.Count(p.Text)), 0, outcome.TokensAfter);
    }

    private void Remember(ulong hash, int count)
    {
        if (_young.Count >= Capacity) (_young, _old) = ([], _young);
        _young[hash] = count;
    }

    private sealed record ItemBlocks(LedgerBlock Block);
}
