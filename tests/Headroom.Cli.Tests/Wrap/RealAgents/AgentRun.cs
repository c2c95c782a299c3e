using System.Globalization;

namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>A real agent through <c>headroom wrap</c>, in a home of its own, with a model on loopback.</summary>
internal sealed class AgentRun : IAsyncDisposable
{
    /// <summary>What a user has set on this machine and a test must not see.</summary>
    private static readonly string[] s_foreign =
    [
        "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_KEY",
        "CODEX_API_KEY", "GH_TOKEN", "GITHUB_TOKEN", "COPILOT_GITHUB_TOKEN", "COPILOT_API_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy",
    ];

    public AgentRun(NpmAgent? agent = null, string? refusal = null)
    {
        string home = Directory.CreateDirectory(Path.Combine(Tool.Folder, "home")).FullName;
        foreach (string name in s_foreign) Tool.Environment[name] = "";
        Tool.Environment["HOME"] = home;
        if (agent is not null) Tool.Environment["PATH"] = $"{agent.Commands}:{Environment.GetEnvironmentVariable("PATH")}";
        Model = new FakeModel(Tool.WriteFile("service.log", Log), refusal);
    }

    /// <summary>Long enough to be cut, and short enough for every agent to hand it on as it is.</summary>
    public static string Log { get; } = string.Concat(Enumerable.Range(0, 200).Select(i => i == 171
        ? "2026-03-04T10:11:12Z ERROR db Pool exhausted (max_connections=100)\n"
        : string.Create(CultureInfo.InvariantCulture, $"2026-03-04T10:{i / 60 % 60:00}:{i % 60:00}Z INFO worker-{i * 31 % 16} finished job {i * 7919 % 100_003} of queue q{i * 17 % 23} after {i * 13 % 997} ms\n")));

    public Tool Tool { get; } = new();

    public FakeModel Model { get; }

    public async ValueTask DisposeAsync()
    {
        await Model.DisposeAsync();
        Tool.Dispose();
    }

    /// <summary>Runs it: <c>headroom wrap</c> with these arguments, and nothing on its standard input.</summary>
    public ToolResult Wrap(params string[] arguments) => Tool.Run("", ["wrap", "--port", "0", .. arguments]);

    /// <summary>Whether the agent declared the retrieval tool from the first prompt on, its result went out cut, and what the model asked back came back exactly.</summary>
    public void AssertRedeemed()
    {
        IReadOnlyList<ModelPrompt> prompts = Model.Prompts;
        Assert.Equal([0, 1, 2], prompts.Select(p => p.Results.Count));
        Assert.All(prompts, p => Assert.NotNull(p.Retrieval));
        Assert.Contains("[headroom ", prompts[1].Results[0], StringComparison.Ordinal);
        Assert.Contains("Pool exhausted", prompts[1].Results[0], StringComparison.Ordinal);
        Assert.True(prompts[1].Results[0].Length < Log.Length / 2, $"{prompts[1].Results[0].Length} of {Log.Length} characters were sent");
        Assert.Equal(prompts[1].Results[0], prompts[2].Results[0]);

        // Some agents put a line of their own before a result, which moves the lines of it.
        string back = prompts[2].Results[1];
        int at = back.IndexOf("[lines 20-30 of ", StringComparison.Ordinal);
        Assert.True(at >= 0, back);
        string part = back[(back.IndexOf('\n', at) + 1)..].TrimEnd('\n');
        Assert.Equal(11, part.Split('\n').Length);
        Assert.Contains(part, Log, StringComparison.Ordinal);
    }
}
