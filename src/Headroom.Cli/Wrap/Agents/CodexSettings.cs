using Headroom.Cli.Wire;
using Tomlyn;
using Tomlyn.Model;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>The settings Codex would run with: options on the command line, a profile, <c>config.toml</c>.</summary>
internal sealed class CodexSettings
{
    private static readonly string[] s_options = ["-c", "--config"], s_profile = ["-p", "--profile"];

    private readonly AgentContext _context;
    private readonly TomlTable[] _files; // what wins first

    public CodexSettings(AgentContext context)
    {
        _context = context;
        Folder = FolderOf(context);
        IEnumerable<string> profiles = context.Arguments.Options(s_profile).Select(o => o.Value + ".config.toml").TakeLast(1);
        _files = [.. profiles.Append("config.toml").Select(f => ReadFile(Path.Combine(Folder, f)))];
    }

    /// <summary>Where Codex keeps what it is told, and its sessions.</summary>
    public static string FolderOf(AgentContext context) => context.Variable("CODEX_HOME") ?? Path.Combine(context.Home, ".codex");

    /// <summary>The user's settings.</summary>
    public static string FileOf(AgentContext context) => Path.Combine(FolderOf(context), "config.toml");

    /// <summary>Where Codex keeps what it is told.</summary>
    public string Folder { get; }

    /// <summary>A setting by its dotted path; <see langword="null"/> where it is not set.</summary>
    public object? Find(string path)
    {
        foreach (AgentOption option in OptionsOf(path).Reverse()) return ReadValue(option.Value[(path.Length + 1)..]); // the last one wins
        return _files.Select(f => Find(f, path)).FirstOrDefault(v => v is not null);
    }

    /// <summary>The user's arguments without options that set a path, so that ours can.</summary>
    public IEnumerable<string> ArgumentsWithout(string path) => _context.Arguments.Without(OptionsOf(path));

    /// <summary>Whether requests bring an API key rather than a ChatGPT account. Of the sign-in only its kind is read.</summary>
    public bool HasApiKey()
    {
        // Only "exec" reads this variable, and before any sign-in.
        if (_context.Arguments.Any(a => a is "exec" or "e") && _context.Environment.GetValueOrDefault("CODEX_API_KEY") is { Length: > 0 }) return true;
        try
        {
            string file = Path.Combine(Folder, "auth.json");
            if (!File.Exists(file) || JsonFields.TryParse(File.ReadAllBytes(file)) is not { } login) return Find("forced_login_method") is "api";
            return login.Text("auth_mode") is { } mode ? mode == "apikey" : login.Field("OPENAI_API_KEY") is not null && login.Field("tokens") is null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<AgentOption> OptionsOf(string path) =>
        _context.Arguments.Options(s_options).Where(o => o.Value.Length > path.Length && o.Value[path.Length] == '=' && o.Value.StartsWith(path, StringComparison.Ordinal));

    private static object? Find(TomlTable table, string path)
    {
        object? value = table;
        foreach (string name in path.Split('.'))
        {
            if (value is not TomlTable inside || !inside.TryGetValue(name, out value)) return null;
        }

        return value;
    }

    /// <summary>A value as Codex reads it from an option: TOML, or else the text itself.</summary>
    private static object? ReadValue(string text) => CodexToml.TryParse("v = " + text) is { } table ? Find(table, "v") : text;

    private static TomlTable ReadFile(string file)
    {
        try
        {
            return (File.Exists(file) ? CodexToml.TryParse(File.ReadAllText(file)) : null) ?? []; // Codex cannot read it either, and says so better
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
