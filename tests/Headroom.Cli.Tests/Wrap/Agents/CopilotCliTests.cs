using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Tests.Wrap.Agents;

public sealed class CopilotCliTests : IDisposable
{
    private const string Anthropic = "=https://api.anthropic.com", OpenAI = "=https://api.openai.com", Ours = "http://127.0.0.1:8787/headroom/http/copilot";

    private readonly TestContext _user = new();
    private readonly CopilotCli _agent = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void A_provider_of_the_users_is_reached_through_the_proxy()
    {
        _user.Set("COPILOT_PROVIDER_BASE_URL", "http://localhost:11434/v1");
        Assert.Equal(["/copilot=http://localhost:11434/v1", Anthropic, OpenAI], _user.UpstreamsOf(_agent));
        AgentLaunch launch = _user.Prepare(_agent, "-p", "hi");
        Assert.Equal(new Dictionary<string, string?> { ["COPILOT_PROVIDER_BASE_URL"] = Ours }, launch.Environment);
        Assert.Equal(
        [
            """--additional-mcp-config={"mcpServers":{"headroom":{"type":"local","command":"/opt/head room","args":["mcp","--store","/data/originals.db"],"tools":["*"]}}}""",
            "--allow-tool=headroom(headroom_retrieve)", "-p", "hi",
        ],
        launch.Arguments);
        Assert.Empty(launch.Notes);
    }

    [Theory]
    [InlineData(null, null, "https://api.githubcopilot.com")]
    [InlineData("GH_HOST", "acme.ghe.com", "https://copilot-api.acme.ghe.com")]
    [InlineData("COPILOT_GH_HOST", "github.com", "https://api.githubcopilot.com")]
    [InlineData("COPILOT_API_URL", "https://api.business.githubcopilot.com", "https://api.business.githubcopilot.com")]
    public void A_github_account_is_reached_through_the_proxy(string? variable, string? value, string address)
    {
        if (variable is not null) _user.Set(variable, value!);
        Assert.Equal(["/copilot=" + address, Anthropic, OpenAI], _user.UpstreamsOf(_agent));
        AgentLaunch launch = _user.Prepare(_agent);
        Assert.Equal(new Dictionary<string, string?> { ["COPILOT_API_URL"] = Ours }, launch.Environment);
        Assert.Single(launch.Notes); // an organisation may allow no such server
    }
}
