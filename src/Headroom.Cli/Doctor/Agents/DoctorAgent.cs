namespace Headroom.Cli.Doctor.Agents;

/// <summary>An agent that is looked for.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Command">Its program.</param>
/// <param name="ServerFiles">The files it finds MCP servers in; <see langword="null"/> where it knows none.</param>
/// <param name="Register">How the MCP server is registered with it.</param>
internal sealed record DoctorAgent(string Name, string Command, Func<DoctorContext, IEnumerable<SettingsFile>>? ServerFiles, string Register)
{
    private const string Entry = "\"headroom\": {\"command\": \"headroom\", \"args\": [\"mcp\"]}";

    public static IReadOnlyList<DoctorAgent> All { get; } =
    [
        new("Claude Code", "claude", AgentFiles.ClaudeServers, "claude mcp add --scope user headroom -- headroom mcp"),
        new("Codex", "codex", AgentFiles.Codex, "codex mcp add headroom -- headroom mcp"),
        new("GitHub Copilot CLI", "copilot", AgentFiles.Copilot, $"put {Entry} under mcpServers of ~/.copilot/mcp-config.json"),
        new("aider", "aider", null, ""),
        new("Cursor", "cursor", AgentFiles.Cursor, $"put {Entry} under mcpServers of ~/.cursor/mcp.json"),
    ];
}
