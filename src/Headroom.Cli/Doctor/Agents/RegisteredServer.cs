using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Cli.Wrap.Agents;
using Tomlyn.Model;

namespace Headroom.Cli.Doctor.Agents;

/// <summary>An MCP server of ours that an agent was told of.</summary>
/// <param name="File">Where.</param>
/// <param name="Command">The program it starts; <see langword="null"/> where it connects to an address.</param>
internal sealed record RegisteredServer(string File, string? Command)
{
    /// <summary>The servers of ours in a file, and in the part of it that is for a folder.</summary>
    public static IEnumerable<RegisteredServer> Find(SettingsFile file, string folder)
    {
        if (file.IsToml) return FindInToml(file);
        if (file.Json() is not { } json) return [];
        JsonElement?[] lists = [json.Object("mcpServers"), json.Object("servers"), json.Object("projects")?.Object(folder)?.Object("mcpServers")];
        return lists.OfType<JsonElement>().SelectMany(l => l.EnumerateObject()).Where(s => IsOurs(s.Name, s.Value)).Select(s => new RegisteredServer(file.Path, s.Value.Text("command")));
    }

    private static IEnumerable<RegisteredServer> FindInToml(SettingsFile file) =>
        (file.Toml()?.TryGetValue("mcp_servers", out object? servers) == true ? servers as TomlTable ?? [] : [])
            .Where(s => s.Value is TomlTable server && (s.Key == McpServers.Name || NamesUs(Text(server, "command") ?? "") || Words(server, "args").Any(NamesUs)))
            .Select(s => new RegisteredServer(file.Path, Text((TomlTable)s.Value, "command")));

    private static string? Text(TomlTable server, string key) => server.TryGetValue(key, out object? value) ? value as string : null;

    private static IEnumerable<string> Words(TomlTable server, string key) => server.TryGetValue(key, out object? value) && value is TomlArray words ? words.OfType<string>() : [];

    private static bool IsOurs(string name, JsonElement server) =>
        name == McpServers.Name || NamesUs(server.Text("command") ?? "") || server.List("args").Any(a => NamesUs(a.Text() ?? ""));

    /// <summary>Whether a command or its arguments start this tool, by whatever path.</summary>
    private static bool NamesUs(string words) => words.Split(['/', '\\', '"', '\'', ' ', ',', '[', ']']).Any(w => w is "headroom" or "headroom.exe" or "headroom.dll");
}
