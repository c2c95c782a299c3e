using Headroom.Diagnostics;

namespace Headroom;

/// <summary>What became of one item, and why.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record ItemOutcome
{
    /// <summary>What the model reads instead of (or as) the original.</summary>
    public required string Text { get; init; }

    /// <summary>What became of the item.</summary>
    public required ItemForm Form { get; init; }

    /// <summary>Why.</summary>
    public required OutcomeReason Reason { get; init; }

    /// <summary>Why an item that stayed large was not cut, or <see cref="ElisionDecision.NotConsidered"/>.</summary>
    public ElisionDecision Elision { get; init; }

    /// <summary>Name of the compressor that recognised the text, such as <c>json</c>; <c>text</c> when none did.</summary>
    public string Kind { get; init; } = "text";

    /// <summary>Name of the encoding used, such as <c>table</c>; empty when unchanged.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>Tokens of the original.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>Tokens of <see cref="Text"/>, markers and legends included.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>Id under which the original can be retrieved; set when <see cref="Form"/> is <see cref="ItemForm.Elided"/>.</summary>
    public string? OriginalId { get; init; }

    /// <summary>What compressors proposed and what became of each proposal, for explanations. Holds no content.</summary>
    public IReadOnlyList<CandidateReport> Candidates { get; init; } = [];

    /// <summary>
    /// The lines later items may point at, where these are not all: of a cut text the lines of the original that stayed verbatim, of a text with
    /// references the lines of <see cref="Text"/> that are none.
    /// </summary>
    internal IReadOnlyList<ContentRange> KeptLines { get; init; } = [];

    /// <summary>The encoding of a result that became a marker to make room.</summary>
    internal const string Withdrawn = "withdrawn";

    /// <summary>The encoding of a marker that names an earlier one of the same original.</summary>
    internal const string Repeat = "repeat";

    /// <summary>Whether <see cref="Text"/> says where something stands in an earlier item, so that it is wrong once that item changes.</summary>
    internal bool PointsBack => Form == ItemForm.Referenced || Encoding == Repeat;
}
