using Headroom.Cli.Proxy;
using Headroom.Retrieval;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>Claude Code. Everything it needs is said by variables and options of its process; its sign-in, key or subscription, stays its own.</summary>
/// <remarks>What each of them does was seen with the version in docs/wrap-agents.md.</remarks>
internal sealed class ClaudeCode : IAgent
{
    private const string BaseUrl = "ANTHROPIC_BASE_URL", ToolSearch = "ENABLE_TOOL_SEARCH";

    /// <summary>Paths of a provider whose address ends with the version that requests bring.</summary>
    private const string Route = "/claude";

    /// <summary>Variables that send requests elsewhere, signed for the address they go to.</summary>
    private static readonly string[] s_clouds =
    [
        "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY", "CLAUDE_CODE_USE_MANTLE", "CLAUDE_CODE_USE_ANTHROPIC_AWS",
        "CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD", "CLAUDE_CODE_USE_GATEWAY",
    ];

    public string Name => "claude";

    public string Title => "Claude Code";

    public string Command => "claude";

    public string Installation => "npm install -g @anthropic-ai/claude-code";

    public string Registration => "claude mcp add --scope user headroom -- headroom mcp";

    public IEnumerable<string> ServerFiles(AgentContext context) =>
        [Path.Combine(context.Variable("CLAUDE_CONFIG_DIR") ?? context.Home, ".claude.json"), Path.Combine(context.Folder, ".mcp.json")];

    public Upstreams FindUpstreams(AgentContext context)
    {
        var settings = new ClaudeSettings(context);
        foreach (string cloud in s_clouds)
        {
            if (settings.Find(cloud).Value?.ToLowerInvariant() is "1" or "true" or "yes" or "on")
                throw new CliException($"{cloud} is set: requests go to a cloud, signed for its address, and no proxy can stand in between. Start claude without headroom, or make results of MCP servers smaller: headroom mcp gateway.", ExitCodes.Usage);
        }

        (string? given, string? file) = settings.Find(BaseUrl);
        if (string.IsNullOrEmpty(given)) return Upstreams.Default;
        string setting = file is null ? BaseUrl : $"{BaseUrl} in {file}", address = given.TrimEnd('/');
        return IsVersioned(address) ? ProviderAddress.Route(setting, Route, address) : ProviderAddress.From(setting, () => Upstreams.Of(null, address, null, []));
    }

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services)
    {
        var settings = new ClaudeSettings(context);
        string given = settings.Find(BaseUrl).Value?.TrimEnd('/') ?? "", address = services.Proxy + (IsVersioned(given) ? Route : "");
        var environment = new Dictionary<string, string?> { [BaseUrl] = address };

        // Versions that take any other base URL for a gateway send all declarations of tools at once, unless this is set. Ours hands on whatever comes.
        if (given is "" or "https://api.anthropic.com" && settings.Find(ToolSearch).Value is null) environment[ToolSearch] = "true";

        // "=" keeps what stands behind: both options take as many values as follow. Always loaded: a tool that is only found by searching is none the model can call.
        IEnumerable<string> ours = services.McpServer is not { } server ? [] :
            [$"--mcp-config={McpServers.Json(server, "stdio", "\"alwaysLoad\":true")}", $"--allowedTools=mcp__{McpServers.Name}__{RetrievalTool.Name}"];
        return new AgentLaunch { Arguments = [.. ours, .. settings.ArgumentsWith(BaseUrl, address)], Environment = environment };
    }

    private static bool IsVersioned(string address) => address.EndsWith("/v1", StringComparison.Ordinal);
}
