using System.Diagnostics;

namespace Headroom.Cli.Tests.Commands;

/// <summary>Colours and progress are for terminals that can show them, and for nobody else.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [LinuxTheory]
    [InlineData("xterm-256color", "", true)]
    [InlineData("xterm-256color", "1", false)]
    [InlineData("dumb", "", false)]
    public void Doctor_is_coloured_on_a_terminal_unless_asked_not_to(string term, string noColor, bool isColoured)
    {
        string shown = AtTerminal(term, noColor, "doctor --offline");
        Assert.Contains("Nothing is wrong.", shown, StringComparison.Ordinal);
        Assert.Equal(isColoured, shown.Contains("\u001b[32m", StringComparison.Ordinal) || shown.Contains("\u001b[38;5;2m", StringComparison.Ordinal));
        if (term == "dumb") Assert.DoesNotContain("\u001b", shown, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Progress_is_shown_at_a_terminal_after_a_second_and_in_no_pipe()
    {
        // A pipe stands where the file to read is, and its writer takes its time.
        string waiting = "mkfifo slow; (sleep 3; echo text) > slow & ";
        string shown = AtTerminal("xterm-256color", "", "compress slow > out", waiting);
        Assert.Contains("1 file", shown, StringComparison.Ordinal);
        Assert.Equal("text\n", File.ReadAllText(Path.Combine(_tool.Folder, "out")));
        File.Delete(Path.Combine(_tool.Folder, "slow"));
        Assert.DoesNotContain("1 file", AtTerminal("xterm-256color", "", "compress slow 2>&1 > out | cat", waiting), StringComparison.Ordinal);
        File.Delete(Path.Combine(_tool.Folder, "slow"));
        Assert.DoesNotContain("1 file", AtTerminal("dumb", "", "compress slow > out", waiting), StringComparison.Ordinal);
    }

    /// <summary>What a person sees who runs the tool at a terminal.</summary>
    private string AtTerminal(string term, string noColor, string line, string before = "")
    {
        _tool.WriteFile("run.sh", $"{(noColor.Length == 0 ? "unset NO_COLOR; " : "")}{before}dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' {line}\n");
        using var terminal = new Tool { Under = ["sh", "-c", "cd \"$0\" && SHELL=/bin/sh exec script -qec 'exec sh run.sh' /dev/null", _tool.Folder] };
        foreach ((string name, string value) in (IEnumerable<(string, string)>)[("TERM", term), ("NO_COLOR", noColor), ("HOME", _tool.Folder), ("ANTHROPIC_BASE_URL", ""), ("OPENAI_BASE_URL", ""), ("HTTP_PROXY", ""), ("http_proxy", ""), ("ALL_PROXY", ""), ("all_proxy", "")])
            terminal.Environment[name] = value;
        using Process process = terminal.Start();
        string shown = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), "the terminal did not end");
        Assert.Equal(0, process.ExitCode);
        return shown;
    }
}
