using System.Diagnostics;
using System.Globalization;
using Headroom.Storage;

namespace Headroom.StoreWorker;

/// <summary>Ways to use a store hard.</summary>
public static class StoreRuns
{
    /// <summary>Originals that all workers put and get.</summary>
    private const int Shared = 100;

    /// <summary>Puts originals one after the other, and says each id once it is stored.</summary>
    public static async Task PutAsync(IOriginalStore store, int count, TextWriter talk)
    {
        for (int i = 0; i < count; i++)
        {
            OriginalKey key = WorkerText.KeyOf(WorkerText.Of(i));
            await talk.WriteLineAsync(await store.PutAsync(key, WorkerText.Of(i)) ? key.Id : "not stored");
            await talk.FlushAsync();
        }
    }

    /// <summary>Puts and gets <paramref name="count"/> times; answers errors, and how long the slowest took.</summary>
    public static async Task<string> HammerAsync(IOriginalStore store, int seed, int count)
    {
        int errors = 0;
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 0; i < count; i++)
        {
            // Every fourth is one of those that others put at the same time; short texts, so that the store is busy, not the compressor.
            string text = i % 4 == 0 ? $"shared {(i + seed) % Shared}" : $"{seed} {i} " + new string((char)('a' + i % 26), 1 + i % 500);
            OriginalKey key = WorkerText.KeyOf(text);
            long started = Stopwatch.GetTimestamp();
            if (!await store.PutAsync(key, text)) errors++;
            OriginalLookup found = await store.GetAsync(key);
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            if (!string.Equals(found.Text, text, StringComparison.Ordinal)) errors++;
            if (took > slowest) slowest = took;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{errors} errors, slowest {slowest.TotalMilliseconds:0} ms");
    }

    /// <summary>Puts or gets the originals it is told to, and says how that went.</summary>
    public static async Task AnswerAsync(IOriginalStore store, TextReader asked, TextWriter talk)
    {
        while (await asked.ReadLineAsync() is { } line)
        {
            string text = WorkerText.Of(int.Parse(line.AsSpan(4), CultureInfo.InvariantCulture));
            bool isDone = line.StartsWith("put", StringComparison.Ordinal)
                ? await store.PutAsync(WorkerText.KeyOf(text), text)
                : (await store.GetAsync(WorkerText.KeyOf(text))).Text == text;
            await talk.WriteLineAsync(isDone ? "yes" : "no");
            await talk.FlushAsync();
        }
    }
}
