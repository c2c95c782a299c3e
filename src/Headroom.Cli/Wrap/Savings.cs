using System.Globalization;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap;

/// <summary>What was saved while an agent ran, in one line.</summary>
internal static class Savings
{
    /// <param name="before">What the proxy had counted before; <see langword="null"/> for nothing.</param>
    /// <param name="after">What it has counted now.</param>
    /// <returns><see langword="null"/> where no prompt was seen.</returns>
    public static string? LineOf(byte[]? before, byte[]? after)
    {
        if (after is null || JsonFields.TryParse(after) is not { } now) return null;
        JsonElement? then = before is null ? null : JsonFields.TryParse(before);
        long Grown(params string[] path) => At(now, path) - (then is { } old ? At(old, path) : 0);
        long requests = Grown("total", "requests");
        if (requests <= 0) return null;
        long without = Grown("total", "wholeWire", "before"), sent = Grown("total", "wholeWire", "sent");
        bool isShadow = now.Object("proxy")?.IsTrue("shadow") == true;
        string counters = string.Join(", ", now.List("counters").Select(c => c.Text()));
        // More where little was read: the declaration of the retrieval tool is charged to us.
        string share = without == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({100.0 * Math.Abs(without - sent) / without:F1} % {(sent > without ? "more" : "less")})");
        return string.Create(CultureInfo.InvariantCulture,
            $"{requests:N0} {(requests == 1 ? "request" : "requests")}: {sent:N0} tokens {(isShadow ? "would have been" : "were")} sent instead of {without:N0}{share}, the whole wire counted with {counters}.");
    }

    private static long At(JsonElement from, string[] path)
    {
        foreach (string name in path[..^1]) from = from.Object(name) ?? default;
        return from.Count(path[^1]) ?? 0;
    }
}
