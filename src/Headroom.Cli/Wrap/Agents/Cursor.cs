using Headroom.Cli.Proxy;
using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>The editor. Its servers send the requests, and those reach no address of this machine, so only the MCP server helps. Its launcher returns at once, so the entry stays.</summary>
internal sealed class Cursor : IAgent
{
    private const string NoProxy = "Cursor sends requests from its own servers, which cannot reach a proxy on this machine: only the tools of the MCP server are there. See docs/wrap.md.";

    public string Name => "cursor";

    public string Title => "Cursor";

    public string Command => "cursor";

    public string Installation => "install it from https://cursor.com and let it put its command into PATH (Command Palette: Install 'cursor' command)";

    public bool UsesProxy => false;

    public string Registration => $"put {McpServers.Entry} under mcpServers of ~/.cursor/mcp.json";

    public IEnumerable<string> ServerFiles(AgentContext context) => [FileIn(context.Home), FileIn(context.Folder)];

    public Upstreams FindUpstreams(AgentContext context) => Upstreams.Default;

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services) => new()
    {
        Arguments = context.Arguments,
        Files = services.McpServer is { } server ? [Entry(context.Home, server)] : [],
        Notes = services.McpServer is null ? ["nothing is registered with Cursor: there is no MCP server to register."] : [NoProxy],
    };

    public IReadOnlyList<string> ByHand(HeadroomServices services) => services.McpServer is not { } server ? [] :
    [
        "There is no command cursor, so nothing was started or changed. Where the editor is installed:",
        "",
        "1. Put this into ~/.cursor/mcp.json (or .cursor/mcp.json of a project), beside the servers that are there:",
        "",
        "   " + Entry("~", server).Sample,
        "",
        "2. Restart Cursor. headroom_compress and headroom_retrieve are among its tools.",
        "3. To make the results of other MCP servers smaller, put headroom mcp gateway -- before their commands: docs/mcp.md.",
        "",
        NoProxy,
    ];

    private static FileChange Entry(string home, IReadOnlyList<string> server) =>
        new(FileIn(home), ["mcpServers", McpServers.Name], FileChange.ServerOf(server));

    private static string FileIn(string folder) => Path.Combine(folder, ".cursor", "mcp.json");
}
