namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>The real Copilot CLI behind <c>headroom wrap copilot</c>, with a provider of the user's own: a GitHub account is nothing a test has.</summary>
public sealed class CopilotCliTests : IAsyncDisposable
{
    private readonly AgentRun _run = new(NpmAgent.Copilot);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [AgentTheory("copilot")]
    [InlineData("openai", "completions", "gpt-4.1", "/v1", "/v1/chat/completions")]
    [InlineData("openai", "responses", "gpt-5.4", "/v1", "/v1/responses")]
    [InlineData("anthropic", "completions", "claude-sonnet-4.5", "", "/v1/messages")]
    public void Its_result_is_cut_and_the_model_gets_a_part_back(string type, string wire, string model, string ending, string path)
    {
        foreach ((string name, string value) in new[]
        {
            ("COPILOT_HOME", Path.Combine(_run.Tool.Folder, "copilot")), ("COPILOT_OFFLINE", "true"), ("COPILOT_AUTO_UPDATE", "false"),
            ("COPILOT_PROVIDER_BASE_URL", _run.Model.Url + ending), ("COPILOT_PROVIDER_TYPE", type), ("COPILOT_PROVIDER_WIRE_API", wire), ("COPILOT_PROVIDER_API_KEY", "k-dummy"), ("COPILOT_MODEL", model),
        }) _run.Tool.Environment[name] = value;
        ToolResult result = _run.Wrap("copilot", "-p", "What failed?", "--allow-tool=shell", "--disable-builtin-mcps").Ended(0);
        Assert.Contains(FakeModel.Answer, result.Text, StringComparison.Ordinal);
        _run.AssertRedeemed();
        Assert.All(_run.Model.Prompts, p => Assert.Equal($"POST {path} HTTP/1.1", p.Request.Line));
        Assert.All(_run.Model.Prompts, p => Assert.Equal("k-dummy", p.Request.Header("x-api-key") ?? p.Request.Header("Authorization")!["Bearer ".Length..]));
    }
}
