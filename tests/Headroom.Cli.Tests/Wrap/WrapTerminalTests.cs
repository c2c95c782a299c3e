using System.Diagnostics;

namespace Headroom.Cli.Tests.Wrap;

/// <summary>The terminal is the agent's: it sees one, what is typed reaches it once, and the proxy lives on whatever is typed.</summary>
public sealed class WrapTerminalTests : IDisposable
{
    /// <summary>Away from the terminal the tests may have been started at.</summary>
    private readonly Tool _tool = new() { Under = OperatingSystem.IsLinux() ? ["setsid", "--wait"] : [] };

    public void Dispose() => _tool.Dispose();

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task A_signal_goes_to_the_agent_which_decides_and_the_proxy_still_answers(string signal)
    {
        string script = $"trap 'echo {signal}; curl --silent --output /dev/null --write-out \"%{{http_code}}\\n\" $ANTHROPIC_BASE_URL/headroom/health; exit 9' {signal}; echo $PPID; while :; do sleep 0.05; done";
        using Process run = _tool.Start("wrap", "--port", "0", "--", "sh", "-c", script);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string wrap = (await run.StandardOutput.ReadLineAsync(patience.Token))!;
        using (Process kill = Process.Start("kill", [$"-{signal}", wrap])) await kill.WaitForExitAsync(patience.Token);
        await run.WaitForExitAsync(patience.Token);
        Assert.Equal(9, run.ExitCode);
        Assert.Equal($"{signal}\n200\n", await run.StandardOutput.ReadToEndAsync(patience.Token));
    }

    /// <summary>A proxy that took the signal for itself would leave a wrap that cannot be stopped until the agent is there.</summary>
    [LinuxTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_before_there_is_an_agent_ends_the_wrap_and_no_agent_starts(string signal, int code)
    {
        string worker = Path.Combine(AppContext.BaseDirectory, "Headroom.WrapWorker.dll"), file = Path.Combine(_tool.Folder, "mcp.json");
        var start = new ProcessStartInfo("setsid", ["--wait", "dotnet", "exec", worker, "wrap", "1000", file, "pwd", "sh", "-c", $"kill -{signal} $PPID; sleep 2"])
        {
            RedirectStandardOutput = true,
            Environment = { ["XDG_DATA_HOME"] = Path.Combine(_tool.Folder, "data") },
        };
        using Process wrap = Process.Start(start)!;
        Assert.Equal("", await wrap.StandardOutput.ReadToEndAsync());
        await wrap.WaitForExitAsync();
        Assert.Equal(code, wrap.ExitCode);
        Assert.False(File.Exists(file));
    }

    [LinuxFact]
    public async Task At_a_terminal_the_agent_has_it_and_ctrl_C_reaches_it_once_and_the_proxy_still_answers()
    {
        using var terminal = new Tool { Under = ["sh", "-c", "SHELL=/bin/sh exec script -qec 'exec sh run.sh' /dev/null", "sh"] };
        terminal.WriteFile("agent.sh", """
            test -t 0 && test -t 1 && test -t 2 && echo terminal >> log
            trap 'echo INT >> log' INT
            echo ready > ready
            while [ ! -e stop ]; do sleep 0.05; done
            curl --silent --output /dev/null --write-out '%{http_code}\n' $ANTHROPIC_BASE_URL/headroom/health >> log
            exit 8
            """);
        terminal.WriteFile("run.sh", $"exec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' wrap --port 0 -- sh agent.sh\n");
        using Process script = terminal.Start();
        string log = Path.Combine(terminal.Folder, "log");
        await Until(() => File.Exists(Path.Combine(terminal.Folder, "ready")));
        await script.StandardInput.WriteAsync('\x03');
        await script.StandardInput.FlushAsync();
        await Until(() => File.ReadAllText(log).Contains("INT", StringComparison.Ordinal));
        await Task.Delay(300); // time for a second one, were there one
        await File.WriteAllTextAsync(Path.Combine(terminal.Folder, "stop"), "");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await script.WaitForExitAsync(patience.Token);
        Assert.Equal(8, script.ExitCode);
        Assert.Equal("terminal\nINT\n200\n", await File.ReadAllTextAsync(log, patience.Token));
        Assert.Equal("^C", (await script.StandardOutput.ReadToEndAsync(patience.Token)).Trim()); // what the terminal itself echoes, and nothing of ours
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 1_200 && !condition(); i++) await Task.Delay(50);
        Assert.True(condition());
    }
}
