using Headroom.Cli.Proxy;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>A command that is no known agent: it is told the proxy by the variables the providers' own libraries read.</summary>
/// <param name="command">The program.</param>
internal sealed class AnyCommand(string command) : IAgent
{
    public string Name => Path.GetFileNameWithoutExtension(command);

    public string Command => command;

    public Upstreams FindUpstreams(AgentContext context) => Upstreams.Default;

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services) => new()
    {
        Arguments = context.Arguments,
        Environment = new Dictionary<string, string?>
        {
            ["ANTHROPIC_BASE_URL"] = services.Proxy,
            ["OPENAI_BASE_URL"] = services.Proxy + "/v1",
        },
    };
}
