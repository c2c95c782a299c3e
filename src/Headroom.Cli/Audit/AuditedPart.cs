using Headroom.Cli.Transcripts;
using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>A part of a prompt: as recorded, and as Headroom would send it.</summary>
internal sealed class AuditedPart
{
    public required RecordedPart Recorded { get; init; }

    public required int Line { get; init; }

    /// <summary>The part as an item for the engine; <see langword="null"/> for what it does not look at: calls, reasoning.</summary>
    public ContextItem? Item { get; init; }

    public required PromptBlock Block { get; init; }

    /// <summary>What becomes of it in the request that is replayed next.</summary>
    public ItemOutcome? Ahead { get; set; }

    /// <summary>What became of it in the last request that was replayed.</summary>
    public ItemOutcome? Outcome { get; set; }

    public LedgerBlock Sent { get; set; } = LedgerBlock.Same(default);

    /// <summary>What is kept of it for the report; of tool results only.</summary>
    public AuditedItem? Audited { get; set; }

    /// <summary>Its values as it is sent; kept where something may be cut.</summary>
    public int[] Values { get; set; } = [];

    public bool IsResult => Item?.Role == ItemRole.Tool;
}
