using System.Diagnostics;
using System.Globalization;
using Headroom.Storage.Sqlite;
using Headroom.StoreWorker;

// A process that uses a store as an application would, for tests that run several, or kill one.
// put FILE COUNT        puts WorkerText 0, 1, …; says each id once it is stored
// hammer FILE SEED COUNT  puts and gets, its own originals and those that all workers share; says how much went wrong
// die FILE STATEMENT    puts one original, and kills itself before the n-th statement
using var store = new SqliteOriginalStore(args[1]);
int number = int.Parse(args[^1], CultureInfo.InvariantCulture);
switch (args[0])
{
    case "put":
        await StoreRuns.PutAsync(store, number, Console.Out);
        return 0;
    case "hammer":
        string said = await StoreRuns.HammerAsync(store, int.Parse(args[2], CultureInfo.InvariantCulture), number);
        Console.WriteLine(said);
        return 0;
    case "die":
        store.File.BeforeStatement = _ =>
        {
            if (--number < 0) Process.GetCurrentProcess().Kill();
        };
        Console.WriteLine(await store.PutAsync(WorkerText.KeyOf(WorkerText.Of(0)), WorkerText.Of(0)) ? "stored" : "not stored");
        return 0;
    default:
        return 2;
}
