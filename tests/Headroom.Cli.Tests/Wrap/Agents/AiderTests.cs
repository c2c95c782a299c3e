using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Tests.Wrap.Agents;

public sealed class AiderTests : IDisposable
{
    private readonly TestContext _user = new();
    private readonly Aider _agent = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void It_is_told_by_the_variables_of_its_library_and_that_nothing_is_saved()
    {
        AgentLaunch launch = _user.Prepare(_agent, "--model", "opus");
        Assert.Equal(["--model", "opus"], launch.Arguments);
        Assert.Equal(("http://127.0.0.1:8787", "http://127.0.0.1:8787/v1", "http://127.0.0.1:8787/v1"), (launch.Environment["ANTHROPIC_API_BASE"], launch.Environment["OPENAI_API_BASE"], launch.Environment["AIDER_OPENAI_API_BASE"]));
        Assert.Contains("nothing is saved", Assert.Single(launch.Notes), StringComparison.Ordinal);
        Assert.False(_agent.UsesServer);
        Assert.Equal(["=https://api.anthropic.com", "=https://api.openai.com"], _user.UpstreamsOf(_agent));
    }

    [Fact]
    public void Addresses_of_the_users_are_where_requests_go()
    {
        _user.Set("ANTHROPIC_API_BASE", "https://a.example.com").Set("OPENAI_API_BASE", "https://o.example.com/v1/");
        Assert.Equal(["=https://a.example.com", "=https://o.example.com"], _user.UpstreamsOf(_agent));
        using var other = new TestContext();
        Assert.Equal(["=https://b.example.com", "=https://api.openai.com"], other.Set("ANTHROPIC_BASE_URL", "https://b.example.com").UpstreamsOf(_agent)); // its library reads this name too
        Assert.Equal(["/aider=https://p.example.com/openai", "=https://a.example.com", "=https://api.openai.com"], _user.UpstreamsOf(_agent, "--openai-api-base=https://p.example.com/openai"));
        AgentLaunch launch = _user.Prepare(_agent, "--openai-api-base", "https://p.example.com/openai", "x.py");
        Assert.Equal(["x.py"], launch.Arguments);
        Assert.Equal("http://127.0.0.1:8787/aider", launch.Environment["OPENAI_API_BASE"]);
    }
}
