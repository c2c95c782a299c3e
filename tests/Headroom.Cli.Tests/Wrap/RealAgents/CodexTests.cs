using System.Text.Json;

namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>The real Codex behind <c>headroom wrap codex</c>.</summary>
public sealed class CodexTests : IAsyncDisposable
{
    /// <summary>A ChatGPT account's backend nobody answers at, so that nothing leaves this machine.</summary>
    private const string NoBackend = "http://127.0.0.1:9/backend-api/";

    private readonly AgentRun _run = Prepare(null);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    /// <summary>The default model calls tools from code, the other one by itself.</summary>
    [AgentTheory("codex")]
    [InlineData("gpt-6.2-sol", "exec")]
    [InlineData("gpt-5.5", "exec_command")]
    public void Its_result_is_cut_and_the_model_gets_a_part_back(string model, string tool)
    {
        SignIn(_run, """{"auth_mode":"apikey","OPENAI_API_KEY":"sk-dummy"}""");
        ToolResult result = _run.Wrap("codex", "exec", "--skip-git-repo-check", "-m", model, "What failed?").Ended(0);
        Assert.Contains(FakeModel.Answer, result.Text, StringComparison.Ordinal);
        _run.AssertRedeemed();
        Assert.All(_run.Model.Prompts, p => Assert.Equal("Bearer sk-dummy", p.Request.Header("Authorization")));
        Assert.Contains(_run.Model.Prompts[0].Tools, t => t.Name == tool);
        Assert.DoesNotContain(_run.Model.Requests, r => r.Header("Upgrade") is not null);
        Assert.Equal(Settings(_run), File.ReadAllText(Path.Combine(_run.Tool.Folder, "codex", "config.toml")));
    }

    [AgentFact("codex")]
    public void A_chatgpt_account_stays_its_own()
    {
        string token = Token();
        SignIn(_run, JsonSerializer.Serialize(new
        {
            auth_mode = "chatgpt",
            tokens = new { id_token = token, access_token = token, refresh_token = "rt-dummy", account_id = "acc-1" },
            last_refresh = DateTimeOffset.UtcNow,
        }));
        _run.Wrap("codex", "exec", "--skip-git-repo-check", "What failed?").Ended(0);
        _run.AssertRedeemed();
        Assert.Equal("zstd", _run.Model.Prompts[0].Request.Header("Content-Encoding")); // nothing to change: as it came
        Assert.All(_run.Model.Prompts.Skip(1), p => Assert.Null(p.Request.Header("Content-Encoding")));
        Assert.All(_run.Model.Prompts, p => Assert.Equal(("Bearer " + token, "acc-1", "POST /backend-api/codex/responses HTTP/1.1"), (p.Request.Header("Authorization"), p.Request.Header("chatgpt-account-id"), p.Request.Line)));
    }

    [AgentFact("codex")]
    public async Task An_error_of_the_provider_is_shown_as_it_is()
    {
        await using AgentRun run = Prepare("the fake says no");
        SignIn(run, """{"auth_mode":"apikey","OPENAI_API_KEY":"sk-dummy"}""");
        ToolResult result = run.Wrap("codex", "exec", "--skip-git-repo-check", "What failed?");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("the fake says no", result.Text + result.Talk, StringComparison.Ordinal);
    }

    private static AgentRun Prepare(string? refusal)
    {
        var run = new AgentRun(NpmAgent.Codex, refusal);
        Directory.CreateDirectory(Path.Combine(run.Tool.Folder, "codex"));
        run.Tool.Environment["CODEX_HOME"] = Path.Combine(run.Tool.Folder, "codex");
        run.Tool.WriteFile("codex/config.toml", Settings(run));
        return run;
    }

    private static string Settings(AgentRun run) => $"""
        openai_base_url = "{run.Model.Url}/backend-api/codex"
        chatgpt_base_url = "{NoBackend}"
        check_for_update_on_startup = false
        sandbox_mode = "danger-full-access" # machines that run tests have no namespaces to lend

        [analytics]
        enabled = false

        """;

    private static void SignIn(AgentRun run, string login) => run.Tool.WriteFile("codex/auth.json", login);

    /// <summary>A token in the form of an account's, which no server would take.</summary>
    private static string Token() => string.Join('.', new object[]
    {
        new { alg = "RS256", typ = "JWT" },
        new Dictionary<string, object> { ["exp"] = 4102444800, ["email"] = "a@example.com", ["https://api.openai.com/auth"] = new { chatgpt_plan_type = "plus", chatgpt_account_id = "acc-1", chatgpt_user_id = "u1" } },
    }.Select(p => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(p)).TrimEnd('=').Replace('+', '-').Replace('/', '_'))) + ".c2ln";
}
