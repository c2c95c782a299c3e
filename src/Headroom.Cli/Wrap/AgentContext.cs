using System.Collections;

namespace Headroom.Cli.Wrap;

/// <summary>What an agent is started from: read once, before anything is changed.</summary>
internal sealed record AgentContext
{
    /// <summary>The arguments the user gives the agent.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The environment it would have without us.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The user's home folder, where agents keep what they are told.</summary>
    public required string Home { get; init; }

    /// <summary>The folder it is started in.</summary>
    public required string Folder { get; init; }

    /// <summary>A variable; <see langword="null"/> where it is not set, or to nothing.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> Inherited()
    {
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables()) variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
