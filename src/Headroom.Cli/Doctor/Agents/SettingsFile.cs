using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Cli.Wrap.Agents;
using Tomlyn.Model;

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

    /// <summary>As TOML; <see langword="null"/> where it is none.</summary>
    public TomlTable? Toml() => Text is null ? null : CodexToml.TryParse(Text);

    /// <summary>What it should be by its name, where it cannot be read as that; <see langword="null"/> where it can.</summary>
    public string? Broken => IsToml ? (Toml() is null ? "TOML" : null) : Json() is null ? "JSON" : null;

    /// <summary>Whether it is TOML by its name.</summary>
    public bool IsToml => System.IO.Path.GetExtension(Path) == ".toml";

    /// <summary>The text of a quoted value; the value itself where it is not quoted.</summary>
    public static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] is not ('"' or '\'')) return value;
        int end = value.IndexOf(value[0], 1);
        return end < 0 ? value : value[1..end];
    }
}
