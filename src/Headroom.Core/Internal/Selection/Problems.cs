using System.Buffers;

namespace Headroom.Internal.Selection;

/// <summary>Words that say that something is wrong, as states, results and reports spell them.</summary>
internal static class Problems
{
    private static readonly SearchValues<string> Words = SearchValues.Create(
        ["error", "fail", "fatal", "critical", "crash", "backoff", "oomkill", "evicted", "notready", "unhealthy", "degraded", "unreachable", "refused", "denied", "timeout", "timed out",
            "exception", "panic", "abort", "invalid", "missing", "outofsync", "pending", "terminating", "unknown", "imagepull", "deadline", "exceeded", "lost", "corrupt", "warning", "unschedulable"],
        StringComparison.OrdinalIgnoreCase);

    public static bool In(ReadOnlySpan<char> text) => text.ContainsAny(Words);
}
