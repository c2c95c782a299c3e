using Headroom.Cli.Wire;
using Headroom.Cli.Wrap.Agents;
using Tomlyn.Model;

namespace Headroom.Cli.Doctor.Agents;

/// <summary>Something that sends an agent's requests elsewhere than to its provider.</summary>
/// <param name="Where">Where it says so: <c>the environment</c>, a file.</param>
/// <param name="Name">The setting.</param>
/// <param name="Value">The address. It may hold a token, and is never shown.</param>
internal sealed record BaseUrlSetting(string Where, string Name, string Value)
{
    private static readonly string[] s_variables = ["ANTHROPIC_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE"];
    private static readonly string[] s_codexKeys = ["base_url", "openai_base_url", "chatgpt_base_url"];
    private static readonly string[] s_aiderKeys = ["openai-api-base", "anthropic-api-base"];

    /// <summary>All that are found, the environment's first.</summary>
    public static IEnumerable<BaseUrlSetting> Find(DoctorContext context)
    {
        foreach (string name in s_variables)
        {
            if (DoctorContext.Variable(name) is { } value) yield return new BaseUrlSetting("the environment", name, value);
        }

        foreach (SettingsFile file in SettingsFile.ReadAll(ClaudeSettings.Files(context.Agent).Select(f => f.File).Append(ClaudeSettings.ManagedFile).OfType<string>()))
        {
            foreach (string name in s_variables)
            {
                if (file.Json()?.Object("env")?.Text(name) is { Length: > 0 } value) yield return new BaseUrlSetting(context.Short(file.Path), name, value);
            }
        }

        foreach (SettingsFile file in SettingsFile.ReadAll([CodexSettings.FileOf(context.Agent)]))
        {
            foreach ((string key, string value) in Texts(file.Toml() ?? []).Where(t => s_codexKeys.Contains(t.Key))) yield return new BaseUrlSetting(context.Short(file.Path), key, value);
        }

        foreach (SettingsFile file in SettingsFile.ReadAll(new[] { context.Home, context.Folder }.Select(f => Path.Combine(f, ".aider.conf.yml"))))
        {
            foreach (string line in (file.Text ?? "").Split('\n'))
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && s_aiderKeys.Contains(line[..colon])) yield return new BaseUrlSetting(context.Short(file.Path), line[..colon], SettingsFile.Unquote(line[(colon + 1)..].Trim()));
            }
        }
    }

    /// <summary>All texts in a table and the tables in it.</summary>
    private static IEnumerable<(string Key, string Value)> Texts(TomlTable whole)
    {
        var tables = new Queue<TomlTable>([whole]);
        while (tables.TryDequeue(out TomlTable? table))
        {
            foreach ((string key, object value) in table)
            {
                if (value is TomlTable inner) tables.Enqueue(inner);
                else if (value is string text) yield return (key, text);
            }
        }
    }
}
