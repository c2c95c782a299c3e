using System.Diagnostics;

namespace Headroom.Storage.Sqlite;

/// <summary>Runs tests/Headroom.StoreWorker as a process of its own.</summary>
internal static class Worker
{
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(System.IO.Path.Combine(AppContext.BaseDirectory, "Headroom.StoreWorker.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>What a worker says until it ends; it must end well unless it was to be killed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using Process worker = Start(arguments);
        Task<string> talk = worker.StandardError.ReadToEndAsync();
        string said = (await worker.StandardOutput.ReadToEndAsync()).Trim();
        await worker.WaitForExitAsync();
        Assert.True(worker.ExitCode == 0 || arguments[0] == "die", await talk);
        return said;
    }
}
