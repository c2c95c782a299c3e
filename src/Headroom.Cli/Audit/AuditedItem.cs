namespace Headroom.Cli.Audit;

/// <summary>What became of one tool result over a conversation. Holds no content.</summary>
internal sealed class AuditedItem
{
    /// <summary>Its place among the results of the conversation.</summary>
    public required int Index { get; init; }

    /// <summary>The tool; <c>(unknown)</c> where the transcript does not tell.</summary>
    public required string Tool { get; init; }

    /// <summary>The line of the transcript it stands in.</summary>
    public required int Line { get; init; }

    /// <summary>The first request that sent it, counted from 1.</summary>
    public required int Request { get; init; }

    /// <summary>The compressor that recognised it.</summary>
    public required string Kind { get; init; }

    /// <summary>What became of it when it was first sent.</summary>
    public required ItemForm Form { get; init; }

    /// <summary>Why.</summary>
    public required OutcomeReason Reason { get; init; }

    /// <summary>Its tokens as recorded.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>Its tokens when it was first sent.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>Whether it gave way to make room, at once or later.</summary>
    public bool GaveWay { get; set; }

    /// <summary>How many requests sent it.</summary>
    public int TimesSent { get; set; }

    /// <summary>Its tokens over all requests, without Headroom and with it.</summary>
    public long WireBefore { get; set; }

    /// <inheritdoc cref="WireBefore"/>
    public long WireSent { get; set; }

    /// <summary>How often it would have been fetched back, as estimated.</summary>
    public int Retrievals { get; set; }

    /// <summary>Whether parts of it were left out, at first or later.</summary>
    public bool WasCut => Form == ItemForm.Elided || GaveWay;
}
