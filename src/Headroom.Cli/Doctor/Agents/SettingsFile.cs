using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor.Agents;

/// <summary>A file an agent keeps its settings in, read as far as a look around needs it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Text">What stands in it; <see langword="null"/> where it cannot be read.</param>
internal sealed record SettingsFile(string Path, string? Text)
{
    /// <summary>Agents keep histories in theirs; longer ones are something else.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <summary>Reads a file; <see langword="null"/> where there is none.</summary>
    public static SettingsFile? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            return new SettingsFile(path, file.Length > MaxBytes ? null : File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new SettingsFile(path, null);
        }
    }

    /// <summary>Reads those files that are there.</summary>
    public static IEnumerable<SettingsFile> ReadAll(IEnumerable<string> paths) => paths.Distinct(StringComparer.Ordinal).Select(Read).OfType<SettingsFile>();

    /// <summary>As JSON; <see langword="null"/> where it is none.</summary>
    public JsonElement? Json() => Text is null ? null : JsonFields.TryParse(Encoding.UTF8.GetBytes(Text));

    /// <summary>The tables of a TOML file and their lines, as far as a search for a few keys needs it: <c>[mcp_servers.files]</c>, <c>command = "headroom"</c>.</summary>
    public IEnumerable<(string Table, string Key, string Value)> TomlLines()
    {
        string table = "";
        foreach (string line in (Text ?? "").Split('\n').Select(l => l.Trim()))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith('[') && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end) table = line[1..end].Trim();
            else if (equals > 0 && line[0] != '#') yield return (table, line[..equals].Trim(), line[(equals + 1)..].Trim());
        }
    }

    /// <summary>The text of a quoted value; the value itself where it is not quoted.</summary>
    public static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] is not ('"' or '\'')) return value;
        int end = value.IndexOf(value[0], 1);
        return end < 0 ? value : value[1..end];
    }
}
