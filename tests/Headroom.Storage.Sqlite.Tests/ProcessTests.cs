using System.Diagnostics;
using System.Globalization;
using Headroom.StoreWorker;

namespace Headroom.Storage.Sqlite;

/// <summary>Several processes on one file, and processes that are killed.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Many_processes_use_one_new_file_at_once_without_an_error()
    {
        (int processes, int times) = s_long ? (8, 10_000) : (4, 1_000);
        string[] said = await Task.WhenAll(Enumerable.Range(0, processes).Select(seed =>
            Worker.RunAsync("hammer", _folder.File(), seed.ToString(CultureInfo.InvariantCulture), times.ToString(CultureInfo.InvariantCulture))));
        Assert.All(said, s => Assert.StartsWith("0 errors", s, StringComparison.Ordinal));

        using var store = new SqliteOriginalStore(_folder.File());
        SqliteStoreVerification verification = await store.VerifyAsync();
        Assert.True(verification.IsSound, string.Join('\n', verification.FileProblems));
        Assert.Equal(processes * times * 3 / 4 + 100, verification.Intact); // those that all put are there once
    }

    [Fact]
    public async Task A_process_killed_while_it_puts_loses_nothing_that_it_had_stored()
    {
        HashSet<string> promised = [];
        foreach (int killAfter in new[] { 1, 2, 49, 51, 130, 400, 800 }) // number 50 and every fiftieth is written in several pieces
        {
            using Process worker = Worker.Start("put", _folder.File(), "1000");
            for (int i = 0; i < killAfter; i++) promised.Add((await worker.StandardOutput.ReadLineAsync())!);
            worker.Kill(); // SIGKILL
            promised.UnionWith((await worker.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => OriginalId.IsWellFormed(l)));
            await worker.WaitForExitAsync();
        }

        Assert.DoesNotContain("not stored", promised);
        Assert.InRange(promised.Count, 800, 1_000);
        var clock = new ManualClock { Now = DateTimeOffset.UtcNow.AddHours(2) };
        using var store = new SqliteOriginalStore(_folder.File(), null, clock);
        SqliteStoreVerification verification = await store.VerifyAsync();
        Assert.True(verification.IsSound, string.Join('\n', verification.FileProblems));
        Assert.InRange(verification.Intact, promised.Count, promised.Count + 1);
        for (int i = 0; i < 1_000; i++)
        {
            OriginalLookup found = await store.GetAsync(WorkerText.KeyOf(WorkerText.Of(i)));
            if (promised.Contains(WorkerText.KeyOf(WorkerText.Of(i)).Id)) Assert.Equal(WorkerText.Of(i), found.Text);
            else Assert.True(found.Text is null || found.Text == WorkerText.Of(i));
        }

        await store.PruneAsync(); // clears away what was cut short
        Assert.Equal(0, (await store.StatisticsAsync()).Unfinished);
    }

    [Fact]
    public async Task A_process_killed_between_any_two_statements_leaves_a_sound_file()
    {
        string original = WorkerText.Of(0);
        int statement = 0;
        for (bool isStored = false; !isStored; statement++)
        {
            string file = _folder.File($"{statement}.db");
            isStored = await Worker.RunAsync("die", file, statement.ToString(CultureInfo.InvariantCulture)) == "stored";
            using var store = new SqliteOriginalStore(file);
            OriginalLookup found = await store.GetAsync(WorkerText.KeyOf(original));
            Assert.True(found.Text == original || (found.Text is null && !isStored));
            Assert.True(await store.PutAsync(WorkerText.KeyOf(original), original));
            Assert.True((await store.VerifyAsync()).IsSound);
        }

        Assert.InRange(statement, 20, 200);
    }
}
