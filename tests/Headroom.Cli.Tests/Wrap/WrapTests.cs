using System.Diagnostics;

namespace Headroom.Cli.Tests.Wrap;

/// <summary>What an agent is started with, and what is left when it has ended.</summary>
public sealed class WrapTests : IDisposable
{
    private readonly Tool _tool = new();

    private string Home => Path.Combine(_tool.Folder, "home");

    private string CursorFile => Path.Combine(Home, ".cursor", "mcp.json");

    public WrapTests()
    {
        Directory.CreateDirectory(Home);
        _tool.Environment["HOME"] = Home;
        foreach (string name in (string[])["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "ALL_PROXY", "all_proxy"])
            _tool.Environment[name] = "";
    }

    public void Dispose() => _tool.Dispose();

    [UnixFact]
    public void The_agent_gets_its_arguments_stdin_and_folder_and_its_exit_code_is_ours()
    {
        _tool.AddCommand("agent", "#!/bin/sh\nfor a in \"$@\"; do echo \"<$a>\"; done; pwd; cat; exit 7\n");
        ToolResult run = _tool.Run("typed", "wrap", "--port", "0", "--", "agent", "-p", "hi there", "--mode", "x", "--help", "--", "", "--dry-run").Ended(7);
        Assert.Equal($"<-p>\n<hi there>\n<--mode>\n<x>\n<--help>\n<-->\n<>\n<--dry-run>\n{_tool.Folder}\ntyped", run.Text);
        Assert.Equal("", run.Talk); // no request, nothing saved, nothing said
        Assert.Empty(Directory.GetFiles(Path.Combine(_tool.Folder, "data"), "*", SearchOption.AllDirectories));
    }

    [UnixFact]
    public void The_agent_finds_a_proxy_that_answers_and_that_ends_with_it()
    {
        _tool.Environment["HTTPS_PROXY"] = "http://corporate:3128";
        _tool.Environment["NO_PROXY"] = "intranet";
        string[] lines = _tool.Run("", "wrap", "--port", "0", "--", "sh", "-c", """
            echo $ANTHROPIC_BASE_URL; echo $OPENAI_BASE_URL; echo $NO_PROXY; echo $no_proxy; echo $OPENAI_API_BASE
            curl --silent $ANTHROPIC_BASE_URL/headroom/health; cat "$XDG_DATA_HOME"/headroom/proxy/*.json
            """).Ended(0).Lines;
        Assert.StartsWith("http://127.0.0.1:", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0] + "/v1", lines[1]);
        Assert.Equal(("intranet,127.0.0.1", "127.0.0.1", ""), (lines[2], lines[3], lines[4])); // the empty spelling was set, so it stays the user's own list
        Assert.Contains("\"wrap\":\"sh\"", lines[5], StringComparison.Ordinal);
        Assert.Contains($"\"address\":\"{lines[0]}\"", lines[6], StringComparison.Ordinal);
        Assert.Contains("\"wrap\":\"sh\"", lines[6], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(_tool.Folder, "data", "headroom", "proxy")));
        Assert.Equal("7", Curl(lines[0] + "/headroom/health")); // could not connect
    }

    [Fact]
    public void A_command_ended_by_a_signal_ends_the_wrap_with_128_and_its_number()
    {
        if (!OperatingSystem.IsWindows()) _tool.Run("", "wrap", "--port", "0", "--", "sh", "-c", "kill -TERM $$").Ended(143);
    }

    [UnixFact]
    public void What_is_not_installed_ends_with_127_and_nothing_is_touched()
    {
        Assert.Contains("there is no command nosuchagent", _tool.Run("", "wrap", "--", "nosuchagent").Ended(127).Talk, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Theory]
    [InlineData("frob is no agent known by name", "here: headroom wrap -- frob -p hi", "frob", "-p", "hi")]
    [InlineData("there is nothing to start", "any command: headroom wrap -- CMD")]
    [InlineData("--frob is no option of wrap", "behind its name", "--frob", "cursor")]
    [InlineData("must be from 0 to 65535", "wrap --help", "--port", "70000", "cursor")]
    [InlineData("lossless never does", "wrap --help", "--mode", "lossless", "--context-window", "50000", "cursor")]
    public void A_command_line_that_makes_no_sense_is_refused_with_what_to_do(string says, string help, params string[] arguments)
    {
        string talk = _tool.Run("", ["wrap", .. arguments]).Ended(ExitCodes.Usage).Talk;
        Assert.Contains(says, talk, StringComparison.Ordinal);
        Assert.Contains(help, talk, StringComparison.Ordinal);
        AssertUntouched();
    }

    [UnixFact]
    public void A_base_url_that_is_none_is_refused_by_its_variable()
    {
        _tool.Environment["OPENAI_BASE_URL"] = "https://user:secret@host/v1";
        string talk = _tool.Run("", "wrap", "--", "true").Ended(ExitCodes.Usage).Talk;
        Assert.Contains("OPENAI_BASE_URL: what was given is not the address of a provider", talk, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", talk, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_dry_run_says_everything_and_does_nothing()
    {
        _tool.AddCommand("cursor", "#!/bin/sh\necho started\n");
        _tool.Environment["ANTHROPIC_API_KEY"] = "sk-very-secret";
        _tool.Environment["OPENAI_BASE_URL"] = "https://models.example/openai";
        ToolResult any = _tool.Run("", "wrap", "--port", "8799", "--dry-run", "--", "sh", "-c", "echo started").Ended(0);
        Assert.Contains("proxy: http://127.0.0.1:8799, or another port if this one is taken, to https://models.example/openai (under /wrapped/openai), https://api.anthropic.com", any.Text, StringComparison.Ordinal);
        Assert.Contains("variable: OPENAI_BASE_URL=http://127.0.0.1:8799/wrapped/openai\n", any.Text, StringComparison.Ordinal);
        Assert.EndsWith("command: /usr/bin/sh -c 'echo started'\n", any.Text.Replace("command: /bin/sh", "command: /usr/bin/sh", StringComparison.Ordinal), StringComparison.Ordinal);
        ToolResult cursor = _tool.Run("", "wrap", "--dry-run", "cursor", ".").Ended(0);
        Assert.Contains($"file: {CursorFile}, if it has no mcpServers.headroom yet, gets {{ \"mcpServers\": {{ \"headroom\": {{ \"command\": ", cursor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", any.Text + cursor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("started\n", cursor.Text, StringComparison.Ordinal);
        AssertUntouched();
    }

    [UnixFact]
    public void Cursor_gets_the_server_in_its_file_until_unwrap()
    {
        _tool.AddCommand("cursor", "#!/bin/sh\necho \"$@\"; env | grep BASE_URL=h\nexit 0\n");
        Directory.CreateDirectory(Path.GetDirectoryName(CursorFile)!);
        File.WriteAllText(CursorFile, "{ \"mcpServers\": {} }");
        ToolResult run = _tool.Run("", "wrap", "cursor", ".", "--wait").Ended(0);
        Assert.Equal(". --wait\n", run.Text); // and no base URL: its servers could not reach it
        Assert.Contains("cannot reach a proxy on this machine", run.Talk, StringComparison.Ordinal);
        string[] command = System.Text.Json.JsonDocument.Parse(File.ReadAllText(CursorFile)).RootElement.GetProperty("mcpServers").GetProperty("headroom") is var server
            ? [server.GetProperty("command").GetString()!, .. server.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)] : [];
        Assert.Equal(["mcp", "--store", _tool.StoreFile], command[^3..]);
        using (Process started = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!)
        {
            started.StandardInput.WriteLine("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
            Assert.Contains("\"name\":\"headroom\"", started.StandardOutput.ReadLine(), StringComparison.Ordinal);
            started.StandardInput.Close();
            started.WaitForExit();
        }

        Assert.Contains("byte for byte", _tool.Run("", "unwrap", "cursor").Ended(0).Text, StringComparison.Ordinal);
        Assert.Equal("{ \"mcpServers\": {} }", File.ReadAllText(CursorFile));
        Assert.Equal("nothing to undo.\n", _tool.Run("", "unwrap").Ended(0).Text);
    }

    [UnixFact]
    public void Without_the_command_cursor_there_are_instructions_and_nothing_is_touched()
    {
        ToolResult run = _tool.Run("", "wrap", "cursor").Ended(0);
        Assert.Contains("Put this into ~/.cursor/mcp.json", run.Text, StringComparison.Ordinal);
        Assert.Contains("\"mcpServers\": { \"headroom\": { \"command\"", run.Text, StringComparison.Ordinal);
        AssertUntouched();
    }

    [UnixFact]
    public void A_file_of_cursors_that_is_not_understood_starts_nothing()
    {
        _tool.AddCommand("cursor", "#!/bin/sh\necho started\n");
        Directory.CreateDirectory(Path.GetDirectoryName(CursorFile)!);
        File.WriteAllText(CursorFile, "{ broken");
        ToolResult run = _tool.Run("", "wrap", "cursor").Ended(ExitCodes.CannotRead);
        Assert.Equal("", run.Text);
        Assert.Contains("was not changed", run.Talk, StringComparison.Ordinal);
        Assert.Equal("{ broken", File.ReadAllText(CursorFile));
    }

    [UnixFact]
    public void Without_a_server_that_answers_nothing_is_changed_and_the_agent_runs_all_the_same()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Headroom.WrapWorker.dll"), "wrap", "1000", CursorFile, "pwd", "false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _tool.Folder,
            Environment = { ["XDG_DATA_HOME"] = Path.Combine(_tool.Folder, "data") },
        };
        using Process worker = Process.Start(start)!;
        Assert.Equal($"{_tool.Folder}\ndone\n", worker.StandardOutput.ReadToEnd());
        Assert.Contains("the MCP server cannot be started", worker.StandardError.ReadToEnd(), StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact]
    public void An_agent_that_is_known_to_no_unwrap_is_refused() => _tool.Run("", "unwrap", "frob").Ended(ExitCodes.Usage);

    private void AssertUntouched()
    {
        Assert.Empty(Directory.GetFileSystemEntries(Home));
        string data = Path.Combine(_tool.Folder, "data");
        if (Directory.Exists(data)) Assert.Empty(Directory.GetFiles(data, "*", SearchOption.AllDirectories));
    }

    private static string Curl(string address)
    {
        using Process curl = Process.Start("curl", ["--silent", "--noproxy", "*", address]);
        curl.WaitForExit();
        return $"{curl.ExitCode}";
    }
}
