namespace Headroom.Cli.Audit;

/// <summary>Why a request could not read from the prompt cache what the one before it had put there.</summary>
internal enum CacheBreakReason
{
    /// <summary>The agent replaced its history by a summary.</summary>
    Compacted,

    /// <summary>The user went back to an earlier message.</summary>
    Branched,

    /// <summary>Text that had been sent before was changed.</summary>
    Edited,

    /// <summary>The declared tools changed.</summary>
    ToolsChanged,

    /// <summary>Another model was asked, and each has its own cache.</summary>
    ModelChanged,

    /// <summary>More time passed than entries live.</summary>
    Expired,

    /// <summary>The provider reported that it read far less, and the transcript does not show why.</summary>
    NotRead,
}

/// <summary>A place where the prompt cache was lost between two requests.</summary>
/// <param name="Request">The later of the two, counted from 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="LostTokens">Tokens that the earlier request had and this one paid for again or did without.</param>
internal sealed record CacheBreak(int Request, CacheBreakReason Reason, long LostTokens)
{
    /// <summary>The line of the transcript with the message that differs; 0 where there is none.</summary>
    public int Line { get; init; }

    /// <summary>The first character of that message that differs.</summary>
    public int? Offset { get; init; }

    /// <summary>The time since the request before, where it says why.</summary>
    public TimeSpan? Gap { get; init; }
}
