using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Tests.Wrap.Agents;

public sealed class CodexTests : IDisposable
{
    private const string Anthropic = "=https://api.anthropic.com", OpenAI = "=https://api.openai.com", ChatGpt = "/codex=https://chatgpt.com/backend-api/codex", Mine = "https://gateway.example.com/openai/v1";

    private readonly TestContext _user = new();
    private readonly Codex _agent = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void It_is_told_by_options_before_all_others()
    {
        _user.Write(".codex/auth.json", """{"auth_mode":"apikey","OPENAI_API_KEY":"sk-dummy"}""");
        Assert.Equal(
        [
            "-c", "openai_base_url=\"http://127.0.0.1:8787/headroom/http/v1\"",
            "-c", """mcp_servers.headroom={command="/opt/head room",args=["mcp","--store","/data/originals.db"],env_vars=["XDG_DATA_HOME","HEADROOM_STORE_KEYS","DOTNET_ROOT"],default_tools_approval_mode="approve",required=true,startup_timeout_sec=60}""",
            "-c", "features.code_mode.direct_only_tool_namespaces=[\"mcp__headroom\"]",
            "exec", "What failed?",
        ],
        _user.Prepare(_agent, "exec", "What failed?").Arguments);
        Assert.Equal([Anthropic, OpenAI], _user.UpstreamsOf(_agent));
    }

    [Theory]
    [InlineData("""{"auth_mode":"chatgpt","OPENAI_API_KEY":null,"tokens":{"access_token":"t"}}""", true)]
    [InlineData("""{"OPENAI_API_KEY":null,"tokens":{"access_token":"t"}}""", true)]
    [InlineData("""{"OPENAI_API_KEY":"sk","tokens":{"access_token":"t"}}""", true)]
    [InlineData("""{"OPENAI_API_KEY":"sk","tokens":null}""", false)]
    [InlineData("""{"auth_mode":"apikey","OPENAI_API_KEY":"sk"}""", false)]
    [InlineData("not json", true)]
    [InlineData(null, true)]
    public void The_kind_of_sign_in_says_where_requests_go(string? login, bool isAccount)
    {
        if (login is not null) _user.Set("CODEX_HOME", Path.Combine(_user.Folder, "elsewhere")).Write("elsewhere/auth.json", login);
        Assert.Equal(isAccount ? [ChatGpt, Anthropic, OpenAI] : [Anthropic, OpenAI], _user.UpstreamsOf(_agent));
        Assert.Equal($"openai_base_url=\"http://127.0.0.1:8787/headroom/http{(isAccount ? "/codex" : "/v1")}\"", _user.Prepare(_agent).Arguments[1]);
    }

    [Theory]
    [InlineData(true, "exec", "hi")]
    [InlineData(false, "hi")]
    public void A_key_in_the_environment_counts_where_codex_reads_it(bool hasKey, params string[] arguments) =>
        Assert.Equal(hasKey ? [Anthropic, OpenAI] : [ChatGpt, Anthropic, OpenAI], _user.Set("CODEX_API_KEY", "sk-dummy").UpstreamsOf(_agent, arguments));

    [Fact]
    public void An_address_of_the_users_is_where_requests_go()
    {
        _user.Write(".codex/config.toml", $"openai_base_url = \"{Mine}\"\n");
        Assert.Equal(["/codex=" + Mine, Anthropic, OpenAI], _user.UpstreamsOf(_agent));
        _user.Write(".codex/work.config.toml", "openai_base_url = 'https://work.example.com/v1'\n");
        Assert.Equal(["/codex=https://work.example.com/v1", Anthropic, OpenAI], _user.UpstreamsOf(_agent, "-p", "work"));
        Assert.Equal(["/codex=" + Mine, Anthropic, OpenAI], _user.UpstreamsOf(_agent, "exec", "--", "-p", "work"));
    }

    [Theory]
    [InlineData("-c", "openai_base_url=\"https://a.example.com/v1\"")]
    [InlineData("--config", "openai_base_url=https://a.example.com/v1")]
    [InlineData("--config=openai_base_url='https://a.example.com/v1'")]
    [InlineData("-copenai_base_url=\"https://a.example.com/v1\"")]
    public void An_address_on_the_command_line_gives_way_to_ours(params string[] given)
    {
        string[] arguments = ["exec", .. given, "-c", "model=\"o\"", "hi"];
        Assert.Equal(["/codex=https://a.example.com/v1", Anthropic, OpenAI], _user.UpstreamsOf(_agent, arguments));
        Assert.Equal(["exec", "-c", "model=\"o\"", "hi"], _user.Prepare(_agent, arguments).Arguments.Skip(6));
    }

    [Fact]
    public void A_provider_of_the_users_stays_and_only_its_address_changes()
    {
        _user.Write(".codex/config.toml", $"""
            model_provider = "acme"
            [model_providers.acme]
            name = "Acme"
            base_url = "{Mine}"
            env_key = "ACME_KEY"
            """);
        Assert.Equal(["/codex=" + Mine, Anthropic, OpenAI], _user.UpstreamsOf(_agent));
        Assert.Equal("model_providers.acme.base_url=\"http://127.0.0.1:8787/headroom/http/codex\"", _user.Prepare(_agent).Arguments[1]);
    }

    [Fact]
    public void What_the_user_says_of_code_mode_stays()
    {
        _user.Write(".codex/config.toml", "[features.code_mode]\nenabled = true\ndirect_only_tool_namespaces = [\"mcp__files\", \"mcp__headroom\"]\n");
        Assert.Contains("features.code_mode.direct_only_tool_namespaces=[\"mcp__files\",\"mcp__headroom\"]", _user.Prepare(_agent).Arguments);
        _user.Write(".codex/config.toml", "[features]\ncode_mode = true\n");
        Assert.Contains("features.code_mode.enabled=true", _user.Prepare(_agent).Arguments);
    }

    [Theory]
    [InlineData("model_provider = \"amazon-bedrock\"", "provider amazon-bedrock")]
    [InlineData("model_provider = \"x\"\n[model_providers.x]\nbase_url = \"https://x\"\n[model_providers.x.aws]\nregion = \"r\"", "provider x")]
    [InlineData("openai_base_url = \"here\"", "openai_base_url: here is not the address")]
    public void What_no_proxy_can_stand_in_for_is_refused(string settings, string why) =>
        Assert.Contains(why, _user.Write(".codex/config.toml", settings).WhyNot(_agent), StringComparison.Ordinal);

    [Fact]
    public void A_model_on_this_machine_is_left_alone()
    {
        AgentLaunch launch = _user.Prepare(_agent, "--oss", "hi");
        Assert.Equal(["--oss", "hi"], launch.Arguments);
        Assert.Single(launch.Notes);
    }

    [Fact]
    public void Settings_codex_cannot_read_are_left_to_it() => Assert.Equal([ChatGpt, Anthropic, OpenAI], _user.Write(".codex/config.toml", "= broken").UpstreamsOf(_agent));
}
