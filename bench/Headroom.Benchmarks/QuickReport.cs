using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Headroom.Benchmarks;

/// <summary>A table of MB/s in a few seconds: good for comparing two commits on one quiet machine, not for publishing.</summary>
internal static class QuickReport
{
    // Long enough for the tiered compiler to be done: it looks again after 100 ms, and optimises what was called 30 times. Rows of large texts come after
    // small ones of their kind, so they may stop earlier.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(4);
    private const int WarmUpRuns = 45;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(60);

    // Processor time is measured, and the best round reported: what else runs on the machine only ever makes a round slower.
    private const int Rounds = 10;
    private static readonly TimeSpan LongestMeasurement = TimeSpan.FromSeconds(5);

    internal static void Print(string filter)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, one thread, processor time, best of {Rounds} rounds");
        Console.WriteLine();
        Console.WriteLine($"| {"group",-12} | {"row",-24} | {"MB",6} | {"MB/s",8} | {"allocated/run",13} | {"result",10} |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (QuickRow row in AllRows())
        {
            if (row.Group.Contains(filter, StringComparison.OrdinalIgnoreCase)) Measure(row);
        }
    }

    private static IEnumerable<QuickRow> AllRows() =>
        from type in typeof(QuickReport).Assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IQuickBenchmark))
        orderby type.Name
        let benchmark = (IQuickBenchmark)Activator.CreateInstance(type)!
        from row in benchmark.QuickRows()
        select row;

    private static void Measure(QuickRow row)
    {
        long result = 0;
        long started = Stopwatch.GetTimestamp();
        for (int runs = 0; Stopwatch.GetElapsedTime(started) < (runs < WarmUpRuns ? LongestWarmUp : WarmUp); runs++) result = row.Run();

        double best = double.MaxValue;
        long allocated = long.MaxValue;
        started = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds && (round < 2 || Stopwatch.GetElapsedTime(started) < LongestMeasurement); round++)
        {
            int runs = 0;
            long bytesBefore = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = Environment.CpuUsage.TotalTime;
            TimeSpan used;
            do
            {
                row.Run();
                runs++;
                used = Environment.CpuUsage.TotalTime - start;
            }
            while (used < Round);

            best = Math.Min(best, used.TotalSeconds / runs);
            allocated = Math.Min(allocated, (GC.GetAllocatedBytesForCurrentThread() - bytesBefore) / runs);
        }

        Console.WriteLine($"| {row.Group,-12} | {row.Name,-24} | {row.Bytes / 1e6,6:0.00} | {row.Bytes / best / 1e6,8:0.0} | {allocated,13} | {result,10} |");
    }
}
