using System.Diagnostics;

namespace Headroom.Cli.Tests.Run;

/// <summary>Signals reach the command, once, and the tool ends when the command has.</summary>
public sealed class SignalTests : IDisposable
{
    /// <summary>Away from the terminal the tests may have been started at, which would give its Ctrl-C to every process of its job.</summary>
    private readonly Tool _tool = new() { Under = OperatingSystem.IsLinux() ? ["setsid", "--wait"] : [] };

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task A_signal_goes_to_the_command_which_decides(string signal)
    {
        string log = Path.Combine(_tool.Folder, "log");
        string script = $"trap 'echo {signal} >> log; echo cleaned up; exit 9' {signal}; echo $$ > pid; echo ready >&2; while :; do sleep 0.05; done";
        using Process run = _tool.Start("run", "--", "sh", "-c", script);
        await Ready(run);
        Send(signal, ToolOf(run));
        await Ended(run, 9);
        Assert.Equal("cleaned up\n", await run.StandardOutput.ReadToEndAsync());
        Assert.Equal($"{signal}\n", await File.ReadAllTextAsync(log));
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task A_command_ended_by_a_signal_ends_the_tool_with_128_and_its_number_and_leaves_no_orphan(string signal, int code)
    {
        using Process run = _tool.Start("run", "--", "python3", "-c", "import os, sys, signal, time\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\nprint('partial', flush=True)\nprint(os.getpid(), file=open('pid', 'w'), flush=True)\nprint('ready', file=sys.stderr, flush=True)\ntime.sleep(100)");
        await Ready(run);
        Send(signal, ToolOf(run));
        await Ended(run, code);
        Assert.Equal("partial\n", await run.StandardOutput.ReadToEndAsync());
        Assert.False(IsAlive(int.Parse(await File.ReadAllTextAsync(Path.Combine(_tool.Folder, "pid")))));
    }

    [LinuxFact]
    public async Task Ctrl_C_at_a_terminal_reaches_the_command_once()
    {
        // exec, twice: a shell that stays between is ended by the Ctrl-C too, and it is its code that script reports.
        using var terminal = new Tool { Under = ["sh", "-c", "SHELL=/bin/sh exec script -qec 'exec sh run.sh' /dev/null", "sh"] };
        terminal.WriteFile("run.sh", $"""
            exec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' run -- sh -c '
                trap "echo INT >> log" INT; echo ready > ready; while [ ! -e stop ]; do sleep 0.05; done; exit 8'
            """);
        using Process script = terminal.Start();
        await Until(() => File.Exists(Path.Combine(terminal.Folder, "ready")));
        await script.StandardInput.WriteAsync('\x03');
        await script.StandardInput.FlushAsync();
        await Until(() => File.Exists(Path.Combine(terminal.Folder, "log")));
        await Task.Delay(300); // time for a second one, were there one
        await File.WriteAllTextAsync(Path.Combine(terminal.Folder, "stop"), "");
        await Ended(script, 8);
        Assert.Equal("INT\n", await File.ReadAllTextAsync(Path.Combine(terminal.Folder, "log")));
    }

    private static async Task Ready(Process run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.Equal("ready", await run.StandardError.ReadLineAsync(patience.Token));
    }

    private static async Task Ended(Process run, int code)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await run.WaitForExitAsync(patience.Token);
        Assert.Equal(code, run.ExitCode);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 1_200 && !condition(); i++) await Task.Delay(50);
        Assert.True(condition());
    }

    /// <summary>The tool itself: the parent of the command that wrote its id.</summary>
    private int ToolOf(Process run)
    {
        if (!OperatingSystem.IsLinux()) return run.Id;
        string status = File.ReadAllText($"/proc/{File.ReadAllText(Path.Combine(_tool.Folder, "pid")).Trim()}/status");
        int tool = int.Parse(status.Split('\n').Single(l => l.StartsWith("PPid:", StringComparison.Ordinal))[5..]);
        Assert.Contains("headroom.dll", File.ReadAllText($"/proc/{tool}/cmdline"), StringComparison.Ordinal); // and not who took over an orphan
        return tool;
    }

    private static void Send(string signal, int process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }

    private static bool IsAlive(int process)
    {
        using Process kill = Process.Start(new ProcessStartInfo("kill", ["-0", $"{process}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }
}
