namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>The real Claude Code behind <c>headroom wrap claude</c>.</summary>
public sealed class ClaudeCodeTests : IAsyncDisposable
{
    private readonly AgentRun _run = Prepare(null);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [AgentFact("claude")]
    public void Its_result_is_cut_and_the_model_gets_a_part_back()
    {
        _run.Tool.Environment["ANTHROPIC_BASE_URL"] = _run.Model.Url;
        _run.Tool.Environment["ANTHROPIC_API_KEY"] = "sk-ant-dummy";
        ToolResult result = _run.Wrap("claude", "-p", "What failed?", "--allowedTools", "Bash").Ended(0);
        Assert.Equal(FakeModel.Answer + "\n", result.Text);
        Assert.Contains("3 requests", result.Talk, StringComparison.Ordinal);
        _run.AssertRedeemed();
        Assert.All(_run.Model.Prompts, p => Assert.Equal("sk-ant-dummy", p.Request.Header("x-api-key")));
    }

    [AgentFact("claude")]
    public void An_address_in_its_settings_is_where_requests_go_and_a_subscription_stays_its_own()
    {
        string settings = _run.Tool.WriteFile("claude/settings.json", $$$"""{"env":{"ANTHROPIC_BASE_URL":"{{{_run.Model.Url}}}"}}""");
        _run.Tool.Environment["CLAUDE_CODE_OAUTH_TOKEN"] = "sk-ant-oat01-dummy";
        _run.Wrap("claude", "What failed?", "-p", "--settings", """{"env":{"MINE":"1"}}""", "--allowed-tools=Bash").Ended(0); // the prompt is not taken for a tool
        _run.AssertRedeemed();
        Assert.All(_run.Model.Prompts, p => Assert.Equal("Bearer sk-ant-oat01-dummy", p.Request.Header("Authorization")));
        Assert.Equal($$$"""{"env":{"ANTHROPIC_BASE_URL":"{{{_run.Model.Url}}}"}}""", File.ReadAllText(settings));
    }

    [AgentFact("claude")]
    public async Task An_error_of_the_provider_is_shown_as_it_is()
    {
        await using AgentRun run = Prepare("the fake says no");
        run.Tool.Environment["ANTHROPIC_BASE_URL"] = run.Model.Url;
        run.Tool.Environment["ANTHROPIC_API_KEY"] = "sk-ant-dummy";
        ToolResult result = run.Wrap("claude", "-p", "What failed?");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("the fake says no", result.Text + result.Talk, StringComparison.Ordinal);
    }

    [AgentFact("claude")]
    public void Commands_of_its_own_work_as_without_us()
    {
        Assert.Contains("2.1.", _run.Wrap("claude", "--version").Ended(0).Text, StringComparison.Ordinal);
        _run.Wrap("claude", "mcp", "add", "mine", "--", "echo", "hi").Ended(0);
        Assert.Contains("mine: echo hi", _run.Wrap("claude", "mcp", "list").Ended(0).Text, StringComparison.Ordinal);
    }

    private static AgentRun Prepare(string? refusal)
    {
        var run = new AgentRun(NpmAgent.Claude, refusal);
        Directory.CreateDirectory(Path.Combine(run.Tool.Folder, "claude"));
        run.Tool.Environment["CLAUDE_CONFIG_DIR"] = Path.Combine(run.Tool.Folder, "claude");
        run.Tool.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        run.Tool.Environment["DISABLE_AUTOUPDATER"] = "1";
        return run;
    }
}
