using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Tests.Wrap.Agents;

public sealed class ClaudeCodeTests : IDisposable
{
    private const string Usual = "=https://api.anthropic.com", OpenAI = "=https://api.openai.com", Mine = "https://gateway.example.com/anthropic";

    private readonly TestContext _user = new();
    private readonly ClaudeCode _agent = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void It_is_told_by_variables_and_options_that_swallow_nothing()
    {
        AgentLaunch launch = _user.Prepare(_agent, "What failed?", "-p");
        Assert.Equal(
        [
            """--mcp-config={"mcpServers":{"headroom":{"type":"stdio","command":"/opt/head room","args":["mcp","--store","/data/originals.db"],"alwaysLoad":true}}}""",
            "--allowedTools=mcp__headroom__headroom_retrieve", "What failed?", "-p",
        ],
        launch.Arguments);
        Assert.Equal(("http://127.0.0.1:8787", "true"), (launch.Environment["ANTHROPIC_BASE_URL"], launch.Environment["ENABLE_TOOL_SEARCH"]));
        Assert.Equal([Usual, OpenAI], _user.UpstreamsOf(_agent));
    }

    [Fact]
    public void Without_a_server_its_arguments_are_the_users_alone() =>
        Assert.Equal(["-p", "hi"], _agent.Prepare(_user.Of("-p", "hi"), TestContext.Services with { McpServer = null }).Arguments);

    [Fact]
    public void An_address_of_the_users_is_where_requests_go_and_tool_search_is_left_to_it()
    {
        _user.Set("ANTHROPIC_BASE_URL", Mine + "/");
        Assert.Equal(["=" + Mine, OpenAI], _user.UpstreamsOf(_agent));
        Assert.False(_user.Prepare(_agent).Environment.ContainsKey("ENABLE_TOOL_SEARCH"));
        _user.Set("ANTHROPIC_BASE_URL", Mine + "/v1");
        Assert.Equal(["/claude=" + Mine + "/v1", Usual, OpenAI], _user.UpstreamsOf(_agent));
        Assert.Equal("http://127.0.0.1:8787/claude", _user.Prepare(_agent).Environment["ANTHROPIC_BASE_URL"]);
        _user.Set("ANTHROPIC_BASE_URL", "gateway");
        Assert.Contains("ANTHROPIC_BASE_URL: gateway is not the address", _user.WhyNot(_agent), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_says_of_tool_search_stays()
    {
        Assert.False(_user.Set("ENABLE_TOOL_SEARCH", "auto:5").Prepare(_agent).Environment.ContainsKey("ENABLE_TOOL_SEARCH"));
    }

    [Theory]
    [InlineData(".claude/settings.json")]
    [InlineData("project/.claude/settings.json")]
    [InlineData("project/.claude/settings.local.json")]
    public void An_address_in_settings_wins_over_the_environment_so_ours_has_to_win_over_settings(string file)
    {
        _user.Set("ANTHROPIC_BASE_URL", "https://other.example.com").Write(file, $$$"""{ /* mine */ "env": { "ANTHROPIC_BASE_URL": "{{{Mine}}}" } }""");
        Assert.Equal(["=" + Mine, OpenAI], _user.UpstreamsOf(_agent, "-p", "hi"));
        Assert.Contains("""--settings={"env":{"ANTHROPIC_BASE_URL":"http://127.0.0.1:8787"}}""", _user.Prepare(_agent, "-p", "hi").Arguments);
    }

    [Fact]
    public void Settings_that_are_not_loaded_do_not_count()
    {
        _user.Write(".claude/settings.json", $$$"""{"env":{"ANTHROPIC_BASE_URL":"{{{Mine}}}"}}""");
        Assert.Equal([Usual, OpenAI], _user.UpstreamsOf(_agent, "--setting-sources", "project,local"));
        _user.Set("CLAUDE_CONFIG_DIR", Path.Combine(_user.Folder, "elsewhere"));
        Assert.Equal([Usual, OpenAI], _user.UpstreamsOf(_agent));
    }

    [Fact]
    public void Settings_on_the_command_line_are_kept_beside_ours()
    {
        string[] arguments = ["--settings", """{"env":{"A":"old"}}""", "-p", "hi", $$$"""--settings={"model":"opus","env":{"ANTHROPIC_BASE_URL":"{{{Mine}}}","A":"1"}}"""];
        Assert.Equal(["=" + Mine, OpenAI], _user.UpstreamsOf(_agent, arguments));
        Assert.Equal(
            ["""--settings={"model":"opus","env":{"ANTHROPIC_BASE_URL":"http://127.0.0.1:8787","A":"1"}}""", "-p", "hi"],
            _user.Prepare(_agent, arguments).Arguments.Skip(2));
    }

    [Fact]
    public void A_file_in_the_only_place_there_is_for_ours_is_an_error_that_says_what_to_do()
    {
        _user.Write("project/mine.json", """{"model":"opus"}""");
        Assert.Equal(["--settings", "mine.json"], _user.Prepare(_agent, "--settings", "mine.json").Arguments.Skip(2)); // it is in nobody's way
        _user.Write(".claude/settings.json", $$$"""{"env":{"ANTHROPIC_BASE_URL":"{{{Mine}}}"}}""");
        Assert.Contains("in the environment instead", Assert.Throws<CliException>(() => _user.Prepare(_agent, "--settings", "mine.json")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ broken")]
    [InlineData("""{"env":{},"env":{}}""")]
    public void Settings_on_the_command_line_that_ours_cannot_be_put_into_are_an_error_that_says_so(string settings)
    {
        _user.Write(".claude/settings.json", $$$"""{"env":{"ANTHROPIC_BASE_URL":"{{{Mine}}}"}}""");
        Assert.StartsWith("--settings is no JSON", Assert.Throws<CliException>(() => _user.Prepare(_agent, "--settings", settings)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://me:PASSWORD@gateway.example.com")]
    [InlineData("https://gateway.example.com/?key=PASSWORD")]
    [InlineData("me:PASSWORD@gateway.example.com")]
    public void An_address_that_may_hold_a_password_is_refused_and_not_repeated(string address)
    {
        string why = _user.Set("ANTHROPIC_BASE_URL", address).WhyNot(_agent);
        Assert.StartsWith("ANTHROPIC_BASE_URL: ", why, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSWORD", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLAUDE_CODE_USE_BEDROCK", "1", true)]
    [InlineData("CLAUDE_CODE_USE_VERTEX", "true", true)]
    [InlineData("CLAUDE_CODE_USE_VERTEX", "0", false)]
    [InlineData("CLAUDE_CODE_USE_FOUNDRY", "", false)]
    public void A_cloud_whose_requests_are_signed_is_refused(string variable, string value, bool isRefused)
    {
        _user.Set(variable, value);
        if (isRefused) Assert.StartsWith(variable + " is set", _user.WhyNot(_agent), StringComparison.Ordinal);
        else Assert.Equal([Usual, OpenAI], _user.UpstreamsOf(_agent));
    }
}
