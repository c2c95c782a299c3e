using Headroom.PromptCaching;

namespace Headroom.Cli.Audit;

/// <summary>Why a request could not read from the prompt cache what the one before it had put there.</summary>
internal enum CacheBreakReason
{
    /// <summary>The agent replaced its history by a summary.</summary>
    Compacted,

    /// <summary>The user went back to an earlier message.</summary>
    Branched,

    /// <summary>Tools, prompts or messages that had been sent before were changed, removed or moved.</summary>
    PrefixChanged,

    /// <summary>Another model was asked, and each has its own cache.</summary>
    ModelChanged,

    /// <summary>More time passed than entries live.</summary>
    Expired,

    /// <summary>The provider reported that it read far less, and the transcript does not show why.</summary>
    NotRead,
}

/// <summary>A place where the prompt cache was lost between two requests. Holds no content.</summary>
/// <param name="Request">The later of the two, counted from 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="LostTokens">Tokens that could have been read and were not, at most.</param>
internal sealed record CacheBreak(int Request, CacheBreakReason Reason, long LostTokens)
{
    /// <summary>The line of the transcript with the message that changed; 0 where none did.</summary>
    public int Line { get; init; }

    /// <summary>What changed, for <see cref="CacheBreakReason.PrefixChanged"/>.</summary>
    public PrefixBreak? Prefix { get; init; }

    /// <summary>The time since the request before.</summary>
    public TimeSpan? Gap { get; init; }
}

/// <summary>Text at the beginning of a conversation's prompts that is likely to differ every time.</summary>
/// <param name="Part">Where it stands: <c>message 1 (system)</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Its first character.</param>
internal sealed record VolatilePrompt(string Part, VolatileTextKind Kind, int Offset);
