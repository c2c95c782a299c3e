using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Headroom.Storage;

namespace Headroom.Benchmarks.Stores;

/// <summary>Puts and gets a second, the slowest of a hundred, and bytes on the disk, store beside store in one run.</summary>
internal static class StoreReport
{
    /// <summary>Originals put and fetched: enough for a slowest of a hundred that is not chance.</summary>
    private const int Originals = 2_000;

    private const int Writers = 4;

    internal static async Task PrintAsync(string filter)
    {
        string[] texts = Texts();
        long raw = texts.Sum(t => (long)Encoding.UTF8.GetByteCount(t));
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; {Originals} originals, {raw / 1e6:0.0} MB, of {texts.Min(t => t.Length)} to {texts.Max(t => t.Length)} characters");
        Console.WriteLine();
        Console.WriteLine($"| {"store",-20} | puts/s | p50 ms | p99 ms | puts/s, {Writers} at once | again/s | gets/s | p99 ms | disk MB | of raw |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        IEnumerable<IStoreUnderTest> stores = typeof(StoreReport).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IStoreUnderTest)))
            .Select(t => (IStoreUnderTest)Activator.CreateInstance(t)!)
            .OrderBy(s => s.Order).ThenBy(s => s.Name, StringComparer.Ordinal);
        foreach (IStoreUnderTest store in stores.Where(s => s.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            string folder = Directory.CreateTempSubdirectory("headroom-bench-").FullName;
            try
            {
                await MeasureAsync(store, folder, texts, raw);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(IStoreUnderTest under, string folder, string[] texts, long raw)
    {
        if (await under.OpenAsync(folder) is not { } store)
        {
            Console.WriteLine($"| {under.Name,-20} | not available here |");
            return;
        }

        // Warmed up in a scope of its own; the last originals are put by several writers at once, in another.
        foreach (string text in texts.Take(200)) await PutAsync(store, "warm", text);
        double[] puts = await TimesAsync(texts, text => PutAsync(store, "a", text));
        double[] again = await TimesAsync(texts, text => PutAsync(store, "a", text));
        double[] gets = await TimesAsync(texts, async text =>
        {
            if ((await store.GetAsync(KeyOf("a", text))).Text != text) throw new InvalidOperationException("The store returned another text.");
        });
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (int i = w; i < texts.Length; i += Writers) await PutAsync(store, "b", texts[i]);
        })));
        double together = texts.Length / Stopwatch.GetElapsedTime(started).TotalSeconds;
        double share = 2 + 200.0 / texts.Length; // how often everything was stored
        double size = await under.SizeAsync(store, folder) / share;
        Console.WriteLine(
            $"| {under.Name,-20} | {1000 / puts.Average():0} | {At(puts, 0.5):0.00} | {At(puts, 0.99):0.0} | {together:0} | {1000 / again.Average():0} | {1000 / gets.Average():0} | {At(gets, 0.99):0.0} | {size / 1e6:0.0} | {100 * size / raw:0} % |");
        (store as IDisposable)?.Dispose();
        if (store is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    private static async Task PutAsync(IOriginalStore store, string scope, string text)
    {
        if (!await store.PutAsync(KeyOf(scope, text), text)) throw new InvalidOperationException("The store did not store.");
    }

    private static OriginalKey KeyOf(string scope, string text) => new(scope, OriginalId.Compute(text));

    private static async Task<double[]> TimesAsync(string[] texts, Func<string, Task> run)
    {
        double[] milliseconds = new double[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await run(texts[i]);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return milliseconds;
    }

    private static double At(double[] milliseconds, double share) => milliseconds.Order().ElementAt((int)(share * (milliseconds.Length - 1)));

    /// <summary>Tool results of the sizes that are cut: 8,000 to 200,000 characters, most of them small, of all kinds.</summary>
    private static string[] Texts()
    {
        string[] samples = [.. SampleTexts.Kinds.Select(SampleTexts.Of)];
        var texts = new string[Originals];
        for (int i = 0; i < Originals; i++)
        {
            string sample = samples[i % samples.Length];
            int length = Math.Min(200_000, 8_000 + (i % 100) * (i % 100) * 20);
            int from = i * 7919 % (sample.Length - length);
            texts[i] = string.Concat($"{i}\n", sample.AsSpan(from, length));
        }

        return texts;
    }
}
