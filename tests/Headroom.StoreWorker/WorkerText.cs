using Headroom.Storage;

namespace Headroom.StoreWorker;

/// <summary>The originals workers put: known to every process by number.</summary>
public static class WorkerText
{
    /// <summary>Text number <paramref name="number"/>: from a line to a few hundred, every fiftieth of several pieces.</summary>
    public static string Of(int number)
    {
        int lines = number % 50 == 0 ? 6_000 : 1 + number * 7919 % 300;
        return string.Concat(Enumerable.Range(0, lines).Select(i => $"{number} line {i} of the result \u00E9 {(long)(number + 1) * (i + 7) % 1_000_003:x}\n"));
    }

    public static OriginalKey KeyOf(string text) => new("worker", OriginalId.Compute(text));
}
