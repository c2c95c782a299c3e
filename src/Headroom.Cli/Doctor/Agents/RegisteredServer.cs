using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor.Agents;

/// <summary>An MCP server of ours that an agent was told of.</summary>
/// <param name="File">Where.</param>
/// <param name="Command">The program it starts; <see langword="null"/> where it connects to an address.</param>
internal sealed record RegisteredServer(string File, string? Command)
{
    /// <summary>The servers of ours in a file, and in the part of it that is for a folder.</summary>
    public static IEnumerable<RegisteredServer> Find(SettingsFile file, string folder)
    {
        if (Path.GetExtension(file.Path) == ".toml") return FindInToml(file);
        if (file.Json() is not { } json) return [];
        JsonElement?[] lists = [json.Object("mcpServers"), json.Object("servers"), json.Object("projects")?.Object(folder)?.Object("mcpServers")];
        return lists.OfType<JsonElement>().SelectMany(l => l.EnumerateObject()).Where(s => IsOurs(s.Name, s.Value)).Select(s => new RegisteredServer(file.Path, s.Value.Text("command")));
    }

    private static IEnumerable<RegisteredServer> FindInToml(SettingsFile file) =>
        file.TomlLines().Where(l => l.Table.StartsWith("mcp_servers.", StringComparison.Ordinal)).GroupBy(l => l.Table, StringComparer.Ordinal)
            .Where(t => SettingsFile.Unquote(t.Key["mcp_servers.".Length..]) == "headroom" || t.Any(l => l.Key is "command" or "args" && NamesUs(l.Value)))
            .Select(t => new RegisteredServer(file.Path, t.Where(l => l.Key == "command").Select(l => SettingsFile.Unquote(l.Value)).FirstOrDefault()));

    private static bool IsOurs(string name, JsonElement server) =>
        name == "headroom" || NamesUs(server.Text("command") ?? "") || server.List("args").Any(a => NamesUs(a.Text() ?? ""));

    /// <summary>Whether a command or its arguments start this tool, by whatever path.</summary>
    private static bool NamesUs(string words) => words.Split(['/', '\\', '"', '\'', ' ', ',', '[', ']']).Any(w => w is "headroom" or "headroom.exe" or "headroom.dll");
}
