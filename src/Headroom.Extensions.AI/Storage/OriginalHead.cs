using System.Globalization;

namespace Headroom.Extensions.AI.Storage;

/// <summary>The head entry of a cached original, version 1: <c>1 chunks length hash unix-seconds</c>.</summary>
internal sealed record OriginalHead(int Chunks, int Length, string Hash, DateTimeOffset Written)
{
    public static OriginalHead? TryParse(string? text) =>
        text?.Split(' ') is ["1", var chunks, var length, { Length: 50 } hash, var written]
        && int.TryParse(chunks, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int characters)
        && long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? new OriginalHead(count, characters, hash, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"1 {Chunks} {Length} {Hash} {Math.Max(0, Written.ToUnixTimeSeconds())}");
}
