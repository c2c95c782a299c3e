using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI.Diagnostics;

/// <summary>What is logged. Counts and reasons only; content never goes to logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Compressed {Changed} of {Items} items: {TokensBefore} tokens before, {TokensAfter} after.")]
    public static partial void Compressed(ILogger logger, int changed, int items, long tokensBefore, long tokensAfter);

    [LoggerMessage(2, LogLevel.Warning, "Compression failed; the request is sent as it was handed in.")]
    public static partial void CompressionFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "A tool result could not be read as text; it is sent as it was handed in.")]
    public static partial void ResultUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Answered a retrieval call: {Result}.")]
    public static partial void Retrieved(ILogger logger, string result);

    [LoggerMessage(5, LogLevel.Warning, "A retrieval call could not be answered.")]
    public static partial void RetrievalFailed(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The model kept retrieving: the limit of {Rounds} rounds for one request is reached.")]
    public static partial void RetrievalLimitReached(ILogger logger, int rounds);

    [LoggerMessage(7, LogLevel.Warning, "The service keeps the history, and {Count} originals of it could not be stored; the model cannot retrieve them.")]
    public static partial void OriginalsLost(ILogger logger, int count);

    [LoggerMessage(8, LogLevel.Warning, "The retrieval tool cannot be declared: another tool has its name, or a kernel runs the functions. Nothing is left out of such requests.")]
    public static partial void ToolImpossible(ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "A tool's result could not be compressed; it is used as the tool returned it.")]
    public static partial void ResultFailed(ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "The ledger failed; the request is not in its figures.")]
    public static partial void LedgerFailed(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The prompt cache breaks within a conversation. {Part}, character {Offset}: {Cause}. {Characters} characters behind it are not read from the cache.")]
    public static partial void PrefixBroken(ILogger logger, string part, int offset, string cause, long characters);

    [LoggerMessage(12, LogLevel.Warning, "Conversations do not share what they begin with in the prompt cache. {Part}, character {Offset}: {Cause}. {Characters} characters behind it are not read from the cache.")]
    public static partial void PrefixNotShared(ILogger logger, string part, int offset, string cause, long characters);

    [LoggerMessage(13, LogLevel.Warning, "The watch over the prompt cache failed; the request is not affected.")]
    public static partial void WatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(14, LogLevel.Warning, "What should help the prompt cache failed; the request is sent without it.")]
    public static partial void CacheHelpFailed(ILogger logger, Exception exception);

    [LoggerMessage(15, LogLevel.Warning, "Cache breakpoints are switched on, but Anthropic's package is not there and MarkCacheBreakpoint is not set. None are sent.")]
    public static partial void NoBreakpoints(ILogger logger);
}
