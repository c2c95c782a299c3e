using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Tests.Run;

/// <summary>Commands agents run: the exit code is theirs, and what was not printed can be had back.</summary>
public sealed class RealCommandTests : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Git_diff_keeps_every_changed_line()
    {
        string before = string.Concat(Enumerable.Range(1, 400).Select(i => $"    int value{i} = Compute({i});\n"));
        string after = before.Replace("value20 =", "renamed20 =", StringComparison.Ordinal).Replace("Compute(300)", "Compute(-300)", StringComparison.Ordinal);
        Shell("git init -q . && git config user.email a@b && git config user.name n");
        _tool.WriteFile("Values.cs", before);
        Shell("git add Values.cs && git commit -qm first");
        _tool.WriteFile("Values.cs", after);
        JsonElement run = AssertFaithful(1, "git", "diff", "--exit-code");
        foreach (string line in new[] { "-    int value20 = Compute(20);", "+    int renamed20 = Compute(20);", "+    int value300 = Compute(-300);" })
            Assert.Contains(line, run.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Grep_is_grouped_by_file()
    {
        for (int i = 0; i < 30; i++) _tool.WriteFile($"service-with-a-long-name-{i % 3}.log", string.Concat(Enumerable.Range(0, 40).Select(n => $"line {n} timeout after {n * 7} ms\n")));
        JsonElement run = AssertFaithful(0, "grep", "-rn", "timeout", ".");
        Assert.Equal("search", run.GetProperty("kind").GetString());
        AssertFaithful(1, "grep", "-rn", "nothing like it", "service-with-a-long-name-1.log");
    }

    [Fact]
    public void Kubectl_json_becomes_a_table()
    {
        var pods = Enumerable.Range(0, 60).Select(i => new
        {
            metadata = new { name = $"api-{i}", @namespace = "shop", labels = new { app = "api" } },
            status = new { phase = i == 41 ? "CrashLoopBackOff" : "Running", restarts = i == 41 ? 17 : 0, podIP = $"10.0.0.{i}" },
        });
        _tool.WriteFile("pods.json", JsonSerializer.Serialize(new { apiVersion = "v1", kind = "List", items = pods }, Indented));
        _tool.AddCommand("kubectl", "#!/bin/sh\ncat pods.json\n");
        JsonElement run = AssertFaithful(0, "kubectl", "get", "pods", "-o", "json");
        Assert.Equal("json", run.GetProperty("kind").GetString());
        Assert.Contains("CrashLoopBackOff", run.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(run.GetProperty("tokensAfter").GetInt32() * 2 < run.GetProperty("tokensBefore").GetInt32());
    }

    [Fact]
    public void Pytest_keeps_its_failures()
    {
        CorpusFile recorded = CorpusFile.All.Single(f => f.Id.EndsWith("pytest-failing-verbose.log", StringComparison.Ordinal));
        _tool.WriteFile("recorded.txt", recorded.Text);
        _tool.AddCommand("pytest", "#!/bin/sh\ncat recorded.txt\nexit 1\n");
        JsonElement run = AssertFaithful(1, "pytest", "-v");
        foreach (string failure in recorded.Text.Split('\n').Where(l => l.StartsWith("FAILED ", StringComparison.Ordinal)))
            Assert.Contains(failure.Split(" - ")[0], run.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_python_test_runner_that_writes_to_stderr_is_merged()
    {
        _tool.WriteFile("test_cart.py", "import unittest\nclass T(unittest.TestCase):\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"    def test_{i}(self): self.assertNotEqual({i} % 20, 7)\n")));
        ToolResult run = _tool.Run("", "run", "--merge-stderr", "--", "python3", "-m", "unittest", "-v").Ended(1);
        Assert.Equal("", run.Talk);
        Assert.Contains("FAILED (failures=3)", run.Text, StringComparison.Ordinal);
        Assert.Contains("test_47", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Dotnet_test_tells_how_it_went()
    {
        string tests = Path.Combine(AppContext.BaseDirectory, "Headroom.Cli.Tests.dll");
        ToolResult run = _tool.Run("", "run", "--", "dotnet", "test", tests, "--filter", "FullyQualifiedName~JsonTextTests", "--logger", "console;verbosity=detailed").Ended(0);
        Assert.Contains("Test Run Successful.", run.Text, StringComparison.Ordinal);
    }

    [UnixFact("npm")]
    public void Npm_ci_installs()
    {
        Directory.CreateDirectory(Path.Combine(_tool.Folder, "dep"));
        _tool.WriteFile("dep/package.json", """{"name":"dep","version":"1.0.0"}""");
        _tool.WriteFile("package.json", """{"name":"app","version":"1.0.0","dependencies":{"dep":"file:dep"}}""");
        Shell("npm install --offline --no-audit --no-fund --silent && rm -rf node_modules");
        Assert.Contains("added 1 package", _tool.Run("", "run", "--", "npm", "ci", "--offline", "--no-audit", "--no-fund").Ended(0).Text, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_tool.Folder, "node_modules", "dep")));
        _tool.Run("", "run", "--", "npm", "run", "no-such-script").Ended(1);
    }

    /// <summary>The outcome as JSON; what it left out or respelled gives the command's own output back.</summary>
    private JsonElement AssertFaithful(int exitCode, params string[] command)
    {
        JsonElement run = JsonDocument.Parse(_tool.Run("", ["run", "--json", "--", .. command]).Ended(exitCode).Text).RootElement;
        string text = run.GetProperty("text").GetString()!;
        string raw = Raw(command);
        switch (run.GetProperty("form").GetString())
        {
            case "elided":
                Assert.Equal(raw, _tool.Run("", "retrieve", run.GetProperty("originalId").GetString()!).Ended(0).Text);
                break;
            case "reformatted" when run.GetProperty("kind").GetString() == "json":
                Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(raw).RootElement, JsonDocument.Parse(new ConversationCompressor().Expand(text)).RootElement));
                break;
            default:
                Assert.Equal(raw, new ConversationCompressor().Expand(text));
                break;
        }

        return run;
    }

    private string Raw(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = _tool.Folder, StandardOutputEncoding = Encoding.UTF8 };
        if (_tool.Environment.TryGetValue("PATH", out string? path)) start = new ProcessStartInfo("env", [$"PATH={path}", .. command]) { RedirectStandardOutput = true, WorkingDirectory = _tool.Folder };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private void Shell(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _tool.Folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
