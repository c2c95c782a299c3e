using System.Diagnostics;

namespace Headroom.Cli.Tests.Commands;

/// <summary>Exit codes are those docs/cli.md lists, whatever goes wrong, and nobody sees a stack trace.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private const string Text = "2026-03-04T10:11:12Z INFO started\n";

    private readonly Tool _tool = new() { Under = OperatingSystem.IsLinux() ? ["setsid", "--wait"] : [] };

    public ExitCodeTests()
    {
        _tool.WriteFile("text.log", Text);
        _tool.WriteFile("broken.db", "this is no database, but it is long enough to be looked at as one");
        _tool.WriteFile("lines.ndjson", "{\"id\":1,\"text\":\"x\"}\nnot json\n");
    }

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData(0, "--version")]
    [InlineData(0, "compress text.log")]
    [InlineData(0, "expand text.log")]
    [InlineData(2, "")]
    [InlineData(2, "nosuch")]
    [InlineData(2, "--nosuch")]
    [InlineData(2, "compress --nosuch")]
    [InlineData(2, "compress --mode nosuch text.log")]
    [InlineData(2, "compress --ndjson text.log")]
    [InlineData(2, "expand --nosuch")]
    [InlineData(2, "retrieve")]
    [InlineData(2, "retrieve 7kq2m9x4wz --lines x")]
    [InlineData(2, "run")]
    [InlineData(2, "run sh -c true")]
    [InlineData(2, "mcp gateway")]
    [InlineData(2, "mcp --mode nosuch")]
    [InlineData(2, "audit --top 0 text.log")]
    [InlineData(2, "store")]
    [InlineData(2, "store prune --idle x")]
    [InlineData(2, "stats --port 99999999")]
    [InlineData(2, "stats --json --csv")]
    [InlineData(2, "proxy --port 99999")]
    [InlineData(2, "doctor -")]
    [InlineData(2, "completion tcsh")]
    [InlineData(3, "compress nosuch.log")]
    [InlineData(3, "compress .")]
    [InlineData(3, "compress text.log nosuch.log")]
    [InlineData(3, "expand nosuch.log")]
    [InlineData(3, "retrieve 7kq2m9x4wz --store broken.db")]
    [InlineData(3, "store stats --store broken.db")]
    [InlineData(3, "store verify --store broken.db")]
    [InlineData(3, "store prune --store broken.db")]
    [InlineData(3, "store export --store broken.db")]
    [InlineData(3, "audit nosuch.jsonl")]
    [InlineData(3, "audit --prices nosuch.json text.log")]
    [InlineData(3, "audit --html nowhere/page.html text.log")]
    [InlineData(4, "audit text.log")]
    [InlineData(4, "audit --prices lines.ndjson text.log")]
    [InlineData(5, "retrieve nonsense!")]
    [InlineData(5, "retrieve 7kq2m9x4wz")]
    [InlineData(5, "retrieve 7kq2m9x4wz --store nosuch.db")]
    [InlineData(5, "store stats")]
    [InlineData(5, "store prune --store nosuch.db")]
    [InlineData(6, "stats --port 9")]
    [InlineData(6, "stats --url http://127.0.0.1:9")]
    [InlineData(7, "doctor --offline nosuch.jsonl")]
    [InlineData(126, "run -- ./text.log")]
    [InlineData(127, "run -- ./nosuch")]
    [InlineData(127, "mcp gateway -- ./nosuch")]
    [InlineData(9, "run -- sh -c exit${IFS}9")]
    public void What_goes_wrong_has_its_code(int code, string line)
    {
        ToolResult run = _tool.Run("", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Ended(code);
        if (code is > 1 and not (7 or 9)) Assert.StartsWith("headroom: ", run.Talk.Length > 0 ? run.Talk : run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected failure", run.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "headroom: name what to do: compress, expand, retrieve, run, wrap, unwrap, proxy, mcp, stats, audit, doctor, store or completion.")]
    [InlineData("compres text.log", "headroom: there is no command compres.")]
    [InlineData("-v", "headroom: there is no option -v.")]
    [InlineData("store", "headroom: name what to do: stats, verify, prune or export.")]
    [InlineData("store pune", "headroom: there is no command pune.")]
    public void A_command_that_is_missing_or_unknown_is_said_in_one_line(string line, string said)
    {
        ToolResult run = _tool.Run("", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Ended(ExitCodes.Usage);
        Assert.Equal($"{said}\nRun 'headroom{(line.StartsWith("store", StringComparison.Ordinal) ? " store" : "")} --help' for what it understands.\n", run.Talk);
    }

    [Theory]
    [InlineData("compress", ExitCodes.CannotRead)]
    [InlineData("expand", ExitCodes.CannotRead)]
    [InlineData("compress --ndjson", ExitCodes.CannotRead)]
    [InlineData("audit", ExitCodes.CannotRead)]
    [InlineData("mcp", ExitCodes.Success)]
    public void A_stdin_that_is_closed_has_ended(string line, int code)
    {
        if (!OperatingSystem.IsLinux()) return;
        ToolResult run = Shell(line + " <&-").Ended(code);
        if (code != 0) Assert.Equal("headroom: cannot read stdin: it is closed. Name a file, or pipe the text on stdin.\n", run.Talk);
    }

    [Fact]
    public void An_address_that_is_not_this_machines_is_not_taken_for_one_in_use()
    {
        string talk = _tool.Run("", "proxy", "--bind", "192.0.2.1", "--port", "0", "--token", "0123456789abcdef").Ended(ExitCodes.CannotConnect).Talk;
        Assert.StartsWith("headroom: cannot listen on 192.0.2.1:0: ", talk, StringComparison.Ordinal);
        Assert.DoesNotContain("running already", talk, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_break_a_protocol_are_4_and_the_others_answered()
    {
        ToolResult run = _tool.Run("{\"id\":1,\"text\":\"x\"}\nnot json\n", "compress", "--ndjson").Ended(ExitCodes.BadData);
        Assert.Equal(2, run.Lines.Length);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_3()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root") return; // who may read everything
        File.SetUnixFileMode(_tool.WriteFile("closed.log", Text), UnixFileMode.None);
        Assert.Contains("permission denied", _tool.Run("", "compress", "closed.log").Ended(ExitCodes.CannotRead).Talk, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("compress text.log")]
    [InlineData("compress --json text.log")]
    [InlineData("compress --ndjson")]
    [InlineData("expand text.log")]
    [InlineData("completion bash")]
    [InlineData("doctor --offline")]
    [InlineData("--help")]
    public void A_full_disk_behind_stdout_is_3(string line)
    {
        ToolResult run = Shell(line + " > /dev/full", "{\"id\":1,\"text\":\"x\"}\n").Ended(ExitCodes.CannotRead);
        Assert.Contains("cannot read or write: No space left on device", run.Talk, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData("run -- sh -c 'printf \"\\377\"; exit 4'", 4)]
    [InlineData("wrap --port 0 --no-mcp -- sh -c 'printf \"\\377\"; exit 4'", 4)]
    public void A_full_disk_behind_stderr_fails_nothing(string line, int exitCode)
    {
        Assert.Equal([0xff], Shell(line + " 2> /dev/full").Ended(exitCode).Bytes);
    }

    [LinuxTheory]
    [InlineData("compress text.log")]
    [InlineData("--help")]
    [InlineData("doctor --offline")]
    [InlineData("completion bash")]
    [InlineData("compress text.log text.log text.log")]
    public void A_reader_that_leaves_ends_it_quietly(string line)
    {
        ToolResult run = Shell(line + " | true").Ended(ExitCodes.Success);
        Assert.Equal(("", ""), (run.Text, run.Talk));
    }

    [LinuxFact]
    public void An_export_ends_when_its_reader_does()
    {
        for (int i = 0; i < 3; i++) _tool.Run(string.Concat(Enumerable.Range(0, 6_000).Select(n => $"2026-03-04T10:11:12Z INFO {i} finished job {n * 7919 % 100_003} {(n * i) % 977}\n")), "compress").Ended(0);
        ToolResult run = Shell("store export | head -c 1; echo ${PIPESTATUS[0]}", shell: "bash").Ended(ExitCodes.Success);
        Assert.Equal(("{0\n", ""), (run.Text, run.Talk));
    }

    [LinuxTheory]
    [InlineData("compress", 130)]
    [InlineData("mcp", 130)]
    [InlineData("proxy --port 0", 0)]
    public async Task Ctrl_C_is_130_and_ends_a_proxy_in_peace(string line, int code)
    {
        using var tool = new Tool(); // no shell between: it is the tool that is stopped
        using Process running = tool.Start(line.Split(' '));
        if (code == 0) await running.StandardError.ReadLineAsync();
        else await Task.Delay(2_000); // until it reads its input; stopped before, it ends the same way
        using (Process kill = Process.Start("kill", ["-INT", $"{running.Id}"])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await running.WaitForExitAsync(patience.Token);
        Assert.Equal(code, running.ExitCode);
        Assert.DoesNotContain("   at ", await running.StandardError.ReadToEndAsync(patience.Token), StringComparison.Ordinal);
    }

    /// <summary>Runs the tool in a shell.</summary>
    private ToolResult Shell(string line, string stdin = "", string shell = "sh")
    {
        using var tool = new Tool { Under = [shell, "-c", "cd \"$0\" && . ./line", _tool.Folder] };
        _tool.WriteFile("line", $"XDG_DATA_HOME='{Path.Combine(_tool.Folder, "data")}'\nexport XDG_DATA_HOME\ndotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' {line}\n");
        return tool.Run(stdin);
    }
}
