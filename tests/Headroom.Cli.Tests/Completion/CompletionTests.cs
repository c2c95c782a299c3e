using System.Diagnostics;
using Headroom.Cli.Commands;
using Headroom.Cli.Completion;

namespace Headroom.Cli.Tests.Completion;

/// <summary>Shells complete command lines by what the commands declare.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("", "st", "store stats")]
    [InlineData("compress --mode", "", "aggressive balanced lossless")]
    [InlineData("compress --mode", "b", "balanced")]
    [InlineData("compress --mode =", "b", "balanced")]
    [InlineData("compress", "--mode=b", "--mode=balanced")]
    [InlineData("compress", "--no", "--no-retrieval")]
    [InlineData("compress --no-retrieval", "--no", "")]
    [InlineData("compress", "app", "")] // a file: the shell knows better
    [InlineData("compress --store", "", "")]
    [InlineData("store", "", "stats verify prune export")]
    [InlineData("store prune", "--d", "--damaged")]
    [InlineData("mcp gateway --structured", "", "auto keep once text")]
    [InlineData("audit --format", "c", "chat claude-code codex")]
    [InlineData("proxy --route x=http://y", "--rou", "--route")] // may be given several times
    [InlineData("completion", "", "bash fish pwsh zsh")]
    [InlineData("run -- ls", "-", "")] // a command of the user's
    [InlineData("wrap", "cur", "cursor")]
    [InlineData("wrap --mode", "b", "balanced")]
    [InlineData("wrap cursor", "-", "")] // the agent's own
    [InlineData("nosuch", "--m", "")]
    public void A_command_line_goes_on_with_what_is_declared(string before, string last, string expected) => Assert.Equal(
        expected, string.Join(' ', Completer.Complete(HeadroomCommand.Create(), before.Split(' ', StringSplitOptions.RemoveEmptyEntries), last).Select(c => c.Word)));

    [LinuxFact]
    public void Bash_offers_words_of_the_tool_and_files_where_it_has_none()
    {
        using var tool = new Tool();
        tool.AddCommand("headroom", $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' \"$@\"\n");
        tool.WriteFile("app.log", "x");
        tool.WriteFile("complete.sh", """
            eval "$(headroom completion bash)"
            complete -p headroom
            try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _headroom headroom; echo "${COMPREPLY[*]}"; }
            try headroom sto
            try headroom compress --mode ""
            try headroom "compress" app
            """);
        Assert.Equal(
            "complete -o bashdefault -o default -F _headroom headroom\nstore\naggressive balanced lossless\n\n", Run(tool, "bash", "--norc", "complete.sh"));
    }

    [UnixFact("bash")]
    public void The_script_of_bash_is_understood_by_it() => Check("bash", "-n");

    [UnixFact("zsh")]
    public void The_script_of_zsh_is_understood_by_it() => Check("zsh", "-n");

    [UnixFact("fish")]
    public void The_script_of_fish_is_understood_by_it() => Check("fish", "--no-execute");

    private static void Check(string shell, string option)
    {
        using var tool = new Tool();
        string script = tool.Run("", "completion", shell).Ended(ExitCodes.Success).Text;
        Assert.Contains("headroom complete \"--last=:", script, StringComparison.Ordinal);
        tool.WriteFile("script", script);
        Assert.Equal("", Run(tool, shell, option, "script"));
    }

    [Fact]
    public void Words_come_with_what_they_are_for()
    {
        using var tool = new Tool();
        string[] lines = tool.Run("", "complete", "--last=:do", "--").Ended(ExitCodes.Success).Lines;
        Assert.Equal(["doctor\tSay what is set up, what can be reached, and what would break the prompt cache."], lines);
    }

    private static string Run(Tool tool, params string[] line)
    {
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = tool.Folder };
        foreach ((string name, string value) in tool.Environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> talk = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", talk.Result);
        return output;
    }
}
