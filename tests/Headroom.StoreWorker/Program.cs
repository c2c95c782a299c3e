using System.Diagnostics;
using System.Globalization;
using Headroom.Storage;
using Headroom.Storage.Postgres;
using Headroom.Storage.Sqlite;

namespace Headroom.StoreWorker;

/// <summary>A process that uses a store as an application would, for tests that run several, or kill one.</summary>
internal static class Program
{
    /// <param name="args">
    /// <c>put STORE COUNT</c> puts WorkerText 0, 1, … and says each id once it is stored. <c>hammer STORE SEED COUNT</c> puts and gets, its own originals and those
    /// that all workers share, and says how much went wrong. <c>die FILE STATEMENT</c> puts one original, and kills itself before the n-th statement.
    /// <c>answer STORE</c> does what it reads: <c>put NUMBER</c> or <c>get NUMBER</c>. A store is a file, or a connection string.
    /// </param>
    public static async Task Main(string[] args)
    {
        IOriginalStore store = args[1].Contains("Host=", StringComparison.Ordinal) ? new PostgresOriginalStore(args[1]) : new SqliteOriginalStore(args[1]);
        using var opened = (IDisposable)store;
        if (args[0] == "put") await StoreRuns.PutAsync(store, NumberAt(args, 2), Console.Out);
        if (args[0] == "hammer") Console.WriteLine(await StoreRuns.HammerAsync(store, NumberAt(args, 2), NumberAt(args, 3)));
        if (args[0] == "die") Console.WriteLine(await DieAsync((SqliteOriginalStore)store, NumberAt(args, 2)) ? "stored" : "not stored");
        if (args[0] == "answer") await StoreRuns.AnswerAsync(store, Console.In, Console.Out);
    }

    private static int NumberAt(string[] args, int index) => int.Parse(args[index], CultureInfo.InvariantCulture);

    private static async Task<bool> DieAsync(SqliteOriginalStore store, int statement)
    {
        store.File.BeforeStatement = _ =>
        {
            if (--statement < 0) Process.GetCurrentProcess().Kill();
        };
        return await store.PutAsync(WorkerText.KeyOf(WorkerText.Of(0)), WorkerText.Of(0));
    }
}
