using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Access;
using Headroom.Retrieval;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>GitHub Copilot in the terminal: with a GitHub account, or with a provider of the user's own. Either way its credentials stay its own.</summary>
/// <remarks>What each variable and option does was seen with the version in docs/wrap-agents.md; a GitHub account was not at hand.</remarks>
internal sealed class CopilotCli : IAgent
{
    /// <summary>A provider of the user's own.</summary>
    private const string Provider = "COPILOT_PROVIDER_BASE_URL";

    /// <summary>GitHub's, for those who sign in there.</summary>
    private const string GitHub = "COPILOT_API_URL";

    private const string Route = "/copilot", GitHubHost = "github.com";

    public string Name => "copilot";

    public string Title => "GitHub Copilot CLI";

    public string Command => "copilot";

    public string Installation => "npm install -g @github/copilot";

    public string Registration => $"put {McpServers.Entry} under mcpServers of ~/.copilot/mcp-config.json";

    public IEnumerable<string> ServerFiles(AgentContext context) => [Path.Combine(context.Variable("COPILOT_HOME") ?? Path.Combine(context.Home, ".copilot"), "mcp-config.json")];

    public Upstreams FindUpstreams(AgentContext context)
    {
        (string variable, string address) = Find(context);
        return ProviderAddress.Route(variable, Route, address);
    }

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services)
    {
        (string variable, _) = Find(context);
        IEnumerable<string> ours = services.McpServer is not { } server ? [] :
            [$"--additional-mcp-config={McpServers.Json(server, "local", "\"tools\":[\"*\"]")}", $"--allow-tool={McpServers.Name}({RetrievalTool.Name})"];
        return new AgentLaunch
        {
            Arguments = [.. ours, .. context.Arguments],
            Environment = new Dictionary<string, string?> { [variable] = services.Proxy + HttpOnly.Path + Route },
            Notes = variable != GitHub || services.McpServer is null ? [] : ["where your organisation allows only MCP servers of its own list, Copilot leaves headroom's out, and nothing is cut."],
        };
    }

    private static (string Variable, string Address) Find(AgentContext context)
    {
        if (context.Variable(Provider) is { } provider) return (Provider, provider);
        if (context.Variable(GitHub) is { } given) return (GitHub, given);
        string host = context.Variable("COPILOT_GH_HOST") ?? context.Variable("GH_HOST") ?? GitHubHost;
        return (GitHub, host == GitHubHost ? "https://api.githubcopilot.com" : "https://copilot-api." + host);
    }
}
