using System.Diagnostics;
using System.Globalization;
using Headroom.Storage.Sqlite;

namespace Headroom.StoreWorker;

/// <summary>A process that uses a store as an application would, for tests that run several, or kill one.</summary>
internal static class Program
{
    /// <param name="args">
    /// <c>put FILE COUNT</c> puts WorkerText 0, 1, … and says each id once it is stored. <c>hammer FILE SEED COUNT</c> puts and gets, its own originals and those
    /// that all workers share, and says how much went wrong. <c>die FILE STATEMENT</c> puts one original, and kills itself before the n-th statement.
    /// </param>
    public static async Task Main(string[] args)
    {
        using var store = new SqliteOriginalStore(args[1]);
        int number = int.Parse(args[^1], CultureInfo.InvariantCulture);
        if (args[0] == "put") await StoreRuns.PutAsync(store, number, Console.Out);
        if (args[0] == "hammer") Console.WriteLine(await StoreRuns.HammerAsync(store, int.Parse(args[2], CultureInfo.InvariantCulture), number));
        if (args[0] == "die") Console.WriteLine(await DieAsync(store, number) ? "stored" : "not stored");
    }

    private static async Task<bool> DieAsync(SqliteOriginalStore store, int statement)
    {
        store.File.BeforeStatement = _ =>
        {
            if (--statement < 0) Process.GetCurrentProcess().Kill();
        };
        return await store.PutAsync(WorkerText.KeyOf(WorkerText.Of(0)), WorkerText.Of(0));
    }
}
