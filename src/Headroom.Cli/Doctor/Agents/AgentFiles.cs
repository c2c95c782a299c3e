namespace Headroom.Cli.Doctor.Agents;

/// <summary>Where agents keep what they are told, by their own rules.</summary>
internal static class AgentFiles
{
    public static string ClaudeFolder(DoctorContext context) => DoctorContext.Variable("CLAUDE_CONFIG_DIR") ?? Path.Combine(context.Home, ".claude");

    public static string CodexFolder(DoctorContext context) => DoctorContext.Variable("CODEX_HOME") ?? Path.Combine(context.Home, ".codex");

    /// <summary>Settings of Claude Code, the user's and the project's.</summary>
    public static IEnumerable<SettingsFile> ClaudeSettings(DoctorContext context) => Read(
        Path.Combine(ClaudeFolder(context), "settings.json"),
        Path.Combine(ClaudeFolder(context), "settings.local.json"),
        Path.Combine(context.Folder, ".claude", "settings.json"),
        Path.Combine(context.Folder, ".claude", "settings.local.json"));

    /// <summary>What Claude Code knows of MCP servers.</summary>
    public static IEnumerable<SettingsFile> ClaudeServers(DoctorContext context) => Read(
        DoctorContext.Variable("CLAUDE_CONFIG_DIR") is { } folder ? Path.Combine(folder, ".claude.json") : Path.Combine(context.Home, ".claude.json"),
        Path.Combine(context.Folder, ".mcp.json"));

    public static IEnumerable<SettingsFile> Codex(DoctorContext context) => Read(Path.Combine(CodexFolder(context), "config.toml"));

    public static IEnumerable<SettingsFile> Cursor(DoctorContext context) => Read(Path.Combine(context.Home, ".cursor", "mcp.json"), Path.Combine(context.Folder, ".cursor", "mcp.json"));

    public static IEnumerable<SettingsFile> Copilot(DoctorContext context) => Read(Path.Combine(DoctorContext.Variable("COPILOT_HOME") ?? Path.Combine(context.Home, ".copilot"), "mcp-config.json"));

    public static IEnumerable<SettingsFile> Aider(DoctorContext context) => Read(Path.Combine(context.Home, ".aider.conf.yml"), Path.Combine(context.Folder, ".aider.conf.yml"));

    private static IEnumerable<SettingsFile> Read(params IEnumerable<string> paths) => paths.Distinct(StringComparer.Ordinal).Select(SettingsFile.Read).OfType<SettingsFile>();
}
