namespace Headroom.Economics;

/// <summary>What a block of a prompt is to the ledger.</summary>
public enum LedgerBlockKind
{
    /// <summary>Neither changed nor added by Headroom: prompts, turns of the model, tools of the caller.</summary>
    Other,

    /// <summary>A text that may be compressed.</summary>
    Item,

    /// <summary>The declaration of the retrieval tool.</summary>
    ToolDeclaration,

    /// <summary>A retrieval call or its answer.</summary>
    Retrieval,
}

/// <summary>A block of a prompt, without Headroom and as sent. Immutable: requests of a conversation share the blocks they have in common.</summary>
/// <param name="Without">As it would have been sent without Headroom; of no tokens where it would not have been there.</param>
/// <param name="Sent">As it was sent.</param>
/// <param name="Kind">What it is.</param>
/// <param name="MarkerTokens">Tokens of <paramref name="Sent"/> that are markers: header, gaps and footer of a cut text.</param>
public sealed record LedgerBlock(PromptBlock Without, PromptBlock Sent, LedgerBlockKind Kind = LedgerBlockKind.Other, int MarkerTokens = 0)
{
    /// <summary>A block that is the same without Headroom.</summary>
    public static LedgerBlock Same(PromptBlock block, LedgerBlockKind kind = LedgerBlockKind.Other) => new(block, block, kind);

    /// <summary>A block that would not be there without Headroom.</summary>
    public static LedgerBlock Added(PromptBlock block, LedgerBlockKind kind) => new(default, block, kind);
}
