using System.Diagnostics;

namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>A real agent from the npm registry, installed once into the artifacts folder. These are the versions docs/wrap-agents.md speaks of.</summary>
internal sealed class NpmAgent
{
    public static readonly NpmAgent Claude = new("@anthropic-ai/claude-code", "2.1.332");
    public static readonly NpmAgent Codex = new("@openai/codex", "0.171.0");
    public static readonly NpmAgent Copilot = new("@github/copilot", "1.0.102");

    /// <summary>The largest is 150 MB to download; a line on which that takes longer had better not run these tests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly string _package;
    private readonly string _folder;
    private readonly Lazy<(string? Why, bool IsLacking)> _problem;

    private NpmAgent(string name, string version)
    {
        _package = $"{name}@{version}";
        _folder = RepositoryFiles.PathOf("artifacts/npm-agents/" + _package.Replace('/', '-').TrimStart('@'));
        _problem = new(Install);
    }

    /// <summary>The folder its command is in.</summary>
    public string Commands => Path.Combine(_folder, "node_modules", ".bin");

    /// <summary>Why it cannot be used; <see langword="null"/> when it can.</summary>
    public string? Problem => _problem.Value.Why;

    /// <summary>Whether it cannot be had here at all, which no build server can mend.</summary>
    public bool IsLacking => _problem.Value.IsLacking;

    private (string? Why, bool IsLacking) Install()
    {
        if (OperatingSystem.IsWindows()) return ("the real agents are driven on Linux and macOS", true);
        string stamp = Path.Combine(_folder, "installed.txt");
        if (File.Exists(stamp)) return default;
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "package.json"), """{"private":true}""");
        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--no-progress", "--fetch-retries=1", _package])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> output = npm.StandardOutput.ReadToEndAsync(), talk = npm.StandardError.ReadToEndAsync();
            if (!npm.WaitForExit(Patience))
            {
                npm.Kill(entireProcessTree: true);
                return ($"npm did not install {_package} within {Patience.TotalMinutes} minutes", true);
            }

            if (npm.ExitCode != 0)
                return ($"npm could not install {_package}: {talk.Result}{output.Result}", talk.Result.Contains("E404", StringComparison.Ordinal) || talk.Result.Contains("ETARGET", StringComparison.Ordinal));
            File.WriteAllText(stamp, _package);
            return default;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return ($"npm is not on this machine: {e.Message}", true);
        }
    }
}

/// <summary>A test that drives a real agent: skipped, saying why, where it cannot be had; on a build server whose registry has it, it fails there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AgentFactAttribute : FactAttribute
{
    /// <param name="name">The agent.</param>
    public AgentFactAttribute(string name) => Skip = Reason(name);

    internal static string? Reason(string name)
    {
        NpmAgent agent = name switch { "claude" => NpmAgent.Claude, "codex" => NpmAgent.Codex, _ => NpmAgent.Copilot };
        return agent.Problem is { } problem && (agent.IsLacking || Environment.GetEnvironmentVariable("CI") != "true") ? problem : null;
    }
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AgentTheoryAttribute : TheoryAttribute
{
    /// <param name="name">The agent.</param>
    public AgentTheoryAttribute(string name) => Skip = AgentFactAttribute.Reason(name);
}
