using Headroom.Cli.Proxy;
using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;
using Headroom.Cli.Wrap.Files;

namespace Headroom.WrapWorker;

/// <summary>An agent that needs everything: a proxy, the server, and a change of a file.</summary>
internal sealed class FileAgent(string file, string command) : IAgent
{
    public string Name => "worker";

    public string Command => command;

    public static FileChange ChangeOf(string file, IReadOnlyList<string> server) => new(file, ["mcpServers", "headroom"], FileChange.ServerOf(server));

    public Upstreams FindUpstreams(AgentContext context) => Upstreams.Default;

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services) => new()
    {
        Arguments = context.Arguments,
        Environment = new Dictionary<string, string?> { ["ANTHROPIC_BASE_URL"] = services.Proxy },
        Files = services.McpServer is { } server ? [ChangeOf(file, server)] : [],
    };
}
