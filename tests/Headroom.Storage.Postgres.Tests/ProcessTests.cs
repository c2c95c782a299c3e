using System.Diagnostics;
using System.Globalization;
using Headroom.Storage.Postgres.Server;
using Headroom.StoreWorker;

namespace Headroom.Storage.Postgres;

/// <summary>Several instances on one database, one of them killed again and again.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1";

    private readonly OpenedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    private string Connection => _stores.Server.ConnectionString + ";Search Path=" + _stores.Schema;

    [Fact]
    public async Task Eight_instances_use_one_database_at_once_without_an_error()
    {
        int times = s_long ? 10_000 : 150;
        PostgresOriginalStore store = _stores.Open();
        await store.PrepareAsync();
        string[] said = await Task.WhenAll(Enumerable.Range(0, 8).Select(async seed =>
        {
            if (seed < 4) return await HammerAsync(seed, times); // half of them are other processes
            using PostgresOriginalStore mine = _stores.Open();
            return await StoreRuns.HammerAsync(mine, seed, times);
        }));
        Assert.All(said, s => Assert.StartsWith("0 errors", s, StringComparison.Ordinal));
        Assert.Empty(_stores.Failures);
        PostgresStoreVerification verification = await store.VerifyAsync();
        Assert.True(verification.IsSound);
        Assert.Equal(8 * (times - ((times + 3) / 4)) + 100, verification.Intact); // those that all put are there once
        Assert.Equal((await store.StatisticsAsync()).UsedBytes, (await store.PruneAsync()).BytesBefore); // counted well
    }

    [Fact]
    public async Task Two_instances_redeem_each_others_originals_while_one_is_killed_and_started_again_in_a_loop()
    {
        int rounds = s_long ? 100 : 6, number = 0;
        PostgresOriginalStore store = _stores.Open();
        await store.PrepareAsync();
        List<int> promised = [];
        for (int round = 0; round < rounds; round++)
        {
            using Process other = Start("answer", Connection);
            foreach (int earlier in promised.TakeLast(8)) Assert.Equal("yes", await AskAsync(other, $"get {earlier}"));
            for (int i = 0; i < 5; i++)
            {
                int theirs = number++, ours = number++;
                Assert.Equal("yes", await AskAsync(other, $"put {theirs}"));
                Assert.Equal(WorkerText.Of(theirs), (await store.GetAsync(WorkerText.KeyOf(WorkerText.Of(theirs)))).Text);
                Assert.True(await store.PutAsync(WorkerText.KeyOf(WorkerText.Of(ours)), WorkerText.Of(ours)));
                Assert.Equal("yes", await AskAsync(other, $"get {ours}"));
                promised.AddRange([theirs, ours]);
            }

            int unfinished = 50 * (100 + round); // one of several pieces
            await other.StandardInput.WriteLineAsync($"put {unfinished}");
            await other.StandardInput.FlushAsync();
            await Task.Delay(round % 5 * 4); // somewhere in the middle; wherever it is, the checks are the same
            other.Kill(); // SIGKILL
            string said = await other.StandardOutput.ReadToEndAsync();
            await other.WaitForExitAsync();
            if (said.Contains("yes", StringComparison.Ordinal)) promised.Add(unfinished);
            OriginalLookup found = await store.GetAsync(WorkerText.KeyOf(WorkerText.Of(unfinished)));
            Assert.True(found.Text == WorkerText.Of(unfinished) || (found.Status == OriginalStatus.Unknown && !promised.Contains(unfinished)));
        }

        foreach (int kept in promised) Assert.Equal(WorkerText.Of(kept), (await store.GetAsync(WorkerText.KeyOf(WorkerText.Of(kept)))).Text);
        Assert.True((await store.VerifyAsync()).IsSound);
        Assert.Empty(_stores.Failures);
        _stores.Server.Execute($"UPDATE {_stores.Originals} SET used = used - interval '2 hours' WHERE name IS NULL");
        await store.PruneAsync(); // clears away what was cut short
        Assert.Equal(0, (await store.StatisticsAsync()).Unfinished);
    }

    private async Task<string> HammerAsync(int seed, int times)
    {
        using Process worker = Start("hammer", Connection, seed.ToString(CultureInfo.InvariantCulture), times.ToString(CultureInfo.InvariantCulture));
        string said = await worker.StandardOutput.ReadToEndAsync();
        await worker.WaitForExitAsync();
        return said;
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Headroom.StoreWorker.dll"), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    private static async Task<string?> AskAsync(Process worker, string question)
    {
        await worker.StandardInput.WriteLineAsync(question);
        await worker.StandardInput.FlushAsync();
        return await worker.StandardOutput.ReadLineAsync();
    }
}
