using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Headroom.Cli.Tests.Doctor;

/// <summary><c>headroom doctor</c> as its users run it: with nothing set up, with everything broken, and never with a secret on the screen.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string Token = "0123456789abcdefSECRET";

    private readonly Tool _tool = new();

    public DoctorTests()
    {
        _tool.Environment["HOME"] = Path.Combine(_tool.Folder, "home");
        Directory.CreateDirectory(Path.Combine(_tool.Folder, "home"));
        foreach (string name in (string[])["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE", "CLAUDE_CONFIG_DIR", "CODEX_HOME", "COPILOT_HOME", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]) _tool.Environment[name] = "";
    }

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void With_nothing_set_up_nothing_is_wrong_and_nothing_is_made()
    {
        ToolResult run = _tool.Run("", "doctor").Ended(ExitCodes.Success);
        Assert.Equal(["tool", "store", "proxy", "agents", "MCP", "cache"], run.Lines.Where(l => l.Length > 0 && l[0] != ' ').SkipLast(1));
        Assert.EndsWith("Nothing is wrong.\n", run.Text, StringComparison.Ordinal);
        Assert.Contains("headroom mcp starts and offers headroom_compress, headroom_retrieve, headroom_stats", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Text, StringComparison.Ordinal);
        Assert.Equal("", run.Talk);
        Assert.False(Directory.Exists(Path.Combine(_tool.Folder, "data")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_tool.Folder, "home")));
    }

    [Fact]
    public async Task A_running_proxy_is_described_and_a_killed_one_noticed_by_who_would_fail()
    {
        using Process proxy = _tool.Start("proxy", "--port", "0", "--token", Token, "--upstream", "http://127.0.0.1:9");
        try
        {
            string line = (await proxy.StandardError.ReadLineAsync())!, url = line[line.IndexOf("http", StringComparison.Ordinal)..line.IndexOf(',', StringComparison.Ordinal)];
            string home = Path.Combine(_tool.Folder, "home");
            Directory.CreateDirectory(Path.Combine(home, ".claude"));
            await File.WriteAllTextAsync(Path.Combine(home, ".claude", "settings.json"), $$$"""{"env":{"ANTHROPIC_BASE_URL":"{{{url}}}/headroom/token/{{{Token}}}"}}""");
            _tool.Environment["OPENAI_BASE_URL"] = $"http://user:{Token}@127.0.0.1:{new Uri(url).Port}/v1";
            ToolResult running = Doctor(ExitCodes.Unhealthy); // its provider does not answer, and one setting lacks the token
            Assert.True(Squeezed(running).Contains($"ok {url}: headroom {ToolVersion.Text}, balanced, 0 requests answered since", StringComparison.Ordinal), running.Text);
            Assert.Contains("problem http://127.0.0.1:9 cannot be reached: nobody listens there", Squeezed(running), StringComparison.Ordinal);
            Assert.Contains($"ok ANTHROPIC_BASE_URL in ~/.claude/settings.json: {url}, a proxy", Squeezed(running), StringComparison.Ordinal);
            Assert.Contains($"problem OPENAI_BASE_URL in the environment: {url}, a proxy that wants its token", Squeezed(running), StringComparison.Ordinal);
            Assert.DoesNotContain("cannot be reached", _tool.Run("", "doctor", "--offline").Text, StringComparison.Ordinal);
            ToolResult elsewhere = _tool.Run("", "doctor", "--store", "other.db");
            Assert.Contains("headroom retrieve and mcp look in other.db", elsewhere.Text, StringComparison.Ordinal);

            proxy.Kill();
            await proxy.WaitForExitAsync();
            ToolResult killed = Doctor(ExitCodes.Unhealthy);
            Assert.Contains($"warning {url}: nobody answers; the proxy was killed", Squeezed(killed), StringComparison.Ordinal);
            Assert.Contains($"problem ANTHROPIC_BASE_URL in ~/.claude/settings.json: nobody answers on {url}: the agent would not work", Squeezed(killed), StringComparison.Ordinal);
        }
        finally
        {
            if (!proxy.HasExited) proxy.Kill(); // a test that fails leaves nothing running
        }
    }

    [Fact]
    public void An_address_that_hangs_is_told_of_in_seconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _tool.Environment["ANTHROPIC_BASE_URL"] = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";
        var watch = Stopwatch.StartNew();
        Assert.Contains("takes connections but does not answer: the agent would hang", Doctor(ExitCodes.Unhealthy).Text, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Settings_of_agents_are_read_and_what_they_start_is_looked_for()
    {
        string home = Path.Combine(_tool.Folder, "home");
        foreach (string folder in (string[])[".codex", ".cursor"]) Directory.CreateDirectory(Path.Combine(home, folder));
        File.WriteAllText(Path.Combine(home, ".claude.json"), """{"mcpServers":{"headroom":{"command":"/nowhere/headroom","args":["mcp"],"env":{"KEY":"TOKEN"}}}}""".Replace("TOKEN", Token, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(home, ".cursor", "mcp.json"), $"{{ broken {Token}");
        File.WriteAllText(Path.Combine(home, ".codex", "config.toml"), $"[mcp_servers.files]\ncommand = \"sh\" # {Token}\nargs = [\n  \"/x/headroom\", # ours\n  \"mcp\",\n]\n");
        _tool.AddCommand("claude", "#!/bin/sh\n");
        ToolResult run = Doctor(ExitCodes.Unhealthy);
        Assert.Contains("ok Claude Code is ", Squeezed(run), StringComparison.Ordinal);
        Assert.Contains("problem Claude Code (~/.claude.json) starts /nowhere/headroom as an MCP server, which is not there", Squeezed(run), StringComparison.Ordinal);
        Assert.Contains("warning ~/.cursor/mcp.json is not JSON", Squeezed(run), StringComparison.Ordinal);
        Assert.Contains("ok Codex (~/.codex/config.toml) starts sh as an MCP server", Squeezed(run), StringComparison.Ordinal);
    }

    [Fact]
    public void What_wrap_has_changed_is_told_of_with_how_to_undo_it()
    {
        string journal = Path.Combine(_tool.Folder, "data", "headroom", "wrap");
        Directory.CreateDirectory(journal);
        File.WriteAllText(Path.Combine(journal, "a.json"), $$"""{"version":1,"agent":"cursor","file":"{{Path.Combine(_tool.Folder, "home")}}/.cursor/mcp.json","value":"{{Token}}","member":["mcpServers","headroom"],"written":[]}""");
        File.WriteAllText(Path.Combine(journal, "b.json"), "{ broken");
        ToolResult run = Doctor(ExitCodes.Success);
        Assert.Contains("ok ~/.cursor/mcp.json has mcpServers.headroom of headroom wrap cursor > headroom unwrap cursor takes it out again", Squeezed(run), StringComparison.Ordinal);
        Assert.Contains("b.json, which says how to undo a change of wrap, is not understood", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_proxy_that_would_get_what_is_for_this_machine_is_a_warning()
    {
        _tool.Environment["HTTP_PROXY"] = $"http://user:{Token}@proxy.example.com:3128";
        _tool.Environment["NO_PROXY"] = "localhost";
        Assert.Contains("NO_PROXY does not name 127.0.0.1", Doctor(ExitCodes.Success).Text, StringComparison.Ordinal);
        _tool.Environment["NO_PROXY"] = "localhost, 127.0.0.1";
        Assert.DoesNotContain("NO_PROXY", Doctor(ExitCodes.Success).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_is_looked_at_and_what_is_wrong_with_it_named()
    {
        string text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"2026-03-04T10:{i / 60 % 60:00}:{i % 60:00}Z INFO worker-{i * 31 % 16} finished job {i * 7919 % 100_003}\n"));
        _tool.Run(text, "compress").Ended(0);
        Assert.Contains("ok all of it was read back and is whole", Squeezed(Doctor(ExitCodes.Success)), StringComparison.Ordinal);

        _tool.Environment["HEADROOM_STORE_KEYS"] = Token;
        Assert.Contains("HEADROOM_STORE_KEYS is set, but not understood", Doctor(ExitCodes.Unhealthy).Text, StringComparison.Ordinal);
        _tool.Environment["HEADROOM_STORE_KEYS"] = "";

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_tool.StoreFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Assert.Contains("other users may read or write the originals", Doctor(ExitCodes.Success).Text, StringComparison.Ordinal);
        }

        using (var database = new SqliteConnection($"Data Source={_tool.StoreFile};Pooling=False"))
        {
            database.Open();
            using SqliteCommand newer = database.CreateCommand();
            newer.CommandText = "PRAGMA user_version = 9999";
            newer.ExecuteNonQuery();
        }

        Assert.Contains("newer version", Doctor(ExitCodes.Unhealthy).Text, StringComparison.Ordinal);
        File.WriteAllText(_tool.StoreFile, "this is no database at all, but it is long enough to be looked at");
        Assert.Contains("is no database", Doctor(ExitCodes.Unhealthy).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Recordings_are_searched_for_what_broke_the_cache_by_place_and_kind_only()
    {
        const string Later = """,{"role":"assistant","content":"I look."},{"role":"user","content":"Go on."}""";
        _tool.WriteFile("requests.jsonl", Recorded("10:33:12", "") + Recorded("10:34:55", Later));
        ToolResult run = _tool.Run("", "doctor", "requests.jsonl").Ended(ExitCodes.Success);
        Assert.Contains("requests.jsonl: a date and time in message 1 (system), character 6: it is likely to differ next time", run.Text, StringComparison.Ordinal);
        Assert.Contains("request 2", run.Text, StringComparison.Ordinal);
        Assert.Contains("message 1 (system), character 21: a date and time in it changed", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("10:3", run.Text, StringComparison.Ordinal);

        string sessions = Path.Combine(_tool.Folder, "home", ".claude", "projects", "p");
        Directory.CreateDirectory(sessions);
        File.Copy(RepositoryFiles.PathOf("tests/Headroom.Cli.Tests/Transcripts/Data/claude-code-session.jsonl"), Path.Combine(sessions, "s.jsonl"));
        Assert.Contains("every request begins with the one before", _tool.Run("", "doctor").Ended(ExitCodes.Success).Text, StringComparison.Ordinal);
        Assert.Contains("nosuch.jsonl cannot be read", _tool.Run("", "doctor", "nosuch.jsonl").Ended(ExitCodes.Unhealthy).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_get_the_same_as_json()
    {
        _tool.Environment["ANTHROPIC_BASE_URL"] = "http://127.0.0.1:9";
        JsonElement report = JsonDocument.Parse(_tool.Run("", "doctor", "--json").Ended(ExitCodes.Unhealthy).Text).RootElement;
        Assert.Equal((1, 1, 0), (report.GetProperty("schema").GetInt32(), report.GetProperty("problems").GetInt32(), report.GetProperty("warnings").GetInt32()));
        JsonElement problem = report.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("state").GetString() == "problem");
        Assert.Equal("agents", problem.GetProperty("group").GetString());
        Assert.Contains("headroom proxy --port 9", problem.GetProperty("next").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A request and its response, as one line.</summary>
    private static string Recorded(string time, string later) =>
        """{"request":{"model":"gpt-6-sol","messages":[{"role":"system","content":"It is 2026-11-22TTIMEZ. Be brief."},{"role":"user","content":"What failed?"}LATER]},"response":{"choices":[{"message":{"role":"assistant","content":"I look."}}]}}"""
            .Replace("TIME", time, StringComparison.Ordinal).Replace("LATER", later, StringComparison.Ordinal) + "\n";

    private ToolResult Doctor(int exitCode)
    {
        ToolResult run = _tool.Run("", "doctor").Ended(exitCode);
        Assert.DoesNotContain(Token, run.Text + run.Talk, StringComparison.Ordinal);
        return run;
    }

    /// <summary>The output with one space where there are several.</summary>
    private static string Squeezed(ToolResult run) => string.Join(' ', run.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
