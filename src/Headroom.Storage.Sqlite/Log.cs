using Microsoft.Extensions.Logging;

namespace Headroom.Storage.Sqlite;

/// <summary>What is logged. Never content, and never a key.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The store of originals failed; texts stay whole where it cannot keep them.")]
    public static partial void StoreFailed(ILogger logger, Exception exception);
}
