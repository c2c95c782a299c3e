using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>Our MCP server among those of an agent.</summary>
internal static class McpServers
{
    /// <summary>What agents call it.</summary>
    public const string Name = "headroom";

    /// <summary>What a person puts into an agent's list of servers.</summary>
    public const string Entry = $"\"{Name}\": {{\"command\": \"headroom\", \"args\": [\"mcp\"]}}";

    /// <summary>The JSON that adds it, as Claude Code and Copilot read it on their command lines.</summary>
    /// <param name="server">Its command line.</param>
    /// <param name="type">What the agent calls a server it starts.</param>
    /// <param name="more">Further members, as JSON.</param>
    public static string Json(IReadOnlyList<string> server, string type, string more) =>
        $$$$"""{"mcpServers":{"{{{{Name}}}}":{"type":"{{{{type}}}}","command":{{{{JsonText.Quote(server[0])}}}},"args":[{{{{Arguments(server)}}}}],{{{{more}}}}}}}""";

    /// <summary>Its arguments as the inside of a JSON array, which is TOML too.</summary>
    public static string Arguments(IReadOnlyList<string> server) => string.Join(',', server.Skip(1).Select(JsonText.Quote));
}
