using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>The variables Claude Code would run with. Those in its settings files win over the environment it is started in.</summary>
internal sealed class ClaudeSettings
{
    private const string Option = "--settings";

    private static readonly JsonDocumentOptions s_unambiguous = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    private readonly AgentContext _context;
    private readonly AgentOption? _given;
    private readonly List<(string File, JsonElement Variables)> _files = []; // what wins first

    public ClaudeSettings(AgentContext context)
    {
        _context = context;
        _given = context.Arguments.Options(Option).Select(o => (AgentOption?)o).LastOrDefault(); // of several, Claude Code takes the last
        string[]? sources = context.Arguments.Options("--setting-sources").Select(o => o.Value.Split(',', StringSplitOptions.TrimEntries)).LastOrDefault();
        if (ManagedFile is { } managed) Add(managed, ReadFile(managed));
        if (_given is { } given) Add(Option, IsText(given.Value) ? Parse(given.Value) : ReadFile(Path.Combine(context.Folder, given.Value)));
        foreach ((string source, string file) in Files(context))
        {
            if (sources is null || sources.Contains(source)) Add(file, ReadFile(file));
        }
    }

    /// <summary>Where an organisation's settings are, which nothing overrides.</summary>
    public static string? ManagedFile { get; } =
        OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "ClaudeCode", "managed-settings.json")
        : OperatingSystem.IsMacOS() ? "/Library/Application Support/ClaudeCode/managed-settings.json"
        : "/etc/claude-code/managed-settings.json";

    /// <summary>Where Claude Code keeps what it is told, and its sessions.</summary>
    public static string FolderOf(AgentContext context) => context.Variable("CLAUDE_CONFIG_DIR") ?? Path.Combine(context.Home, ".claude");

    /// <summary>The files of the user and the project, what wins first, and what <c>--setting-sources</c> calls them.</summary>
    public static (string Source, string File)[] Files(AgentContext context) =>
    [
        ("local", Path.Combine(context.Folder, ".claude", "settings.local.json")),
        ("project", Path.Combine(context.Folder, ".claude", "settings.json")),
        ("user", Path.Combine(FolderOf(context), "settings.json")),
    ];

    /// <summary>A variable, and the file that sets it; no file where it is the environment's.</summary>
    public (string? Value, string? File) Find(string variable)
    {
        foreach ((string file, JsonElement variables) in _files)
        {
            if (variables.Field(variable) is { } value) return (value.Text() ?? value.GetRawText(), file);
        }

        return (_context.Environment.GetValueOrDefault(variable), null);
    }

    /// <summary>The arguments that set a variable above all files but the organisation's.</summary>
    /// <exception cref="CliException">The user gives a file in the only place there is for it.</exception>
    public IReadOnlyList<string> ArgumentsWith(string variable, string value)
    {
        (_, string? file) = Find(variable);
        if (file == ManagedFile && file is not null)
            throw new CliException($"{file} sets {variable}, and nothing overrides the settings of an organisation. Ask who keeps them, or start claude without headroom.", ExitCodes.Usage);
        if (file is null) return _context.Arguments; // the environment is enough
        if (_given is not { } given) return [$"{Option}={Merge(new JsonObject(), variable, value)}", .. _context.Arguments];
        if (!IsText(given.Value))
            throw new CliException($"{variable} is set in {file}, and Claude Code takes one {Option} only, which is needed to set it anew. Set {variable} in the environment instead of in settings.", ExitCodes.Usage);
        return [$"{Option}={Merge(ParseObject(given.Value), variable, value)}", .. _context.Arguments.Without(_context.Arguments.Options(Option))];
    }

    private static JsonObject ParseObject(string settings)
    {
        try
        {
            return JsonNode.Parse(settings, documentOptions: s_unambiguous)!.AsObject();
        }
        catch (JsonException)
        {
            throw new CliException($"{Option} is no JSON that a variable can be added to. Correct it.", ExitCodes.Usage);
        }
    }

    private static string Merge(JsonObject settings, string variable, string value)
    {
        if (settings["env"] is not JsonObject variables) settings["env"] = variables = [];
        variables[variable] = value;
        return settings.ToJsonString();
    }

    private static bool IsText(string settings) => settings.AsSpan().TrimStart().StartsWith("{");

    private void Add(string file, JsonElement? settings)
    {
        if (settings?.Object("env") is { } variables) _files.Add((file, variables));
    }

    private static JsonElement? Parse(string settings) => JsonFields.TryParse(System.Text.Encoding.UTF8.GetBytes(settings));

    private static JsonElement? ReadFile(string file)
    {
        try
        {
            return File.Exists(file) ? JsonFields.TryParse(File.ReadAllBytes(file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Claude Code cannot read it either
        }
    }
}
