using Headroom.Cli.Processes;
using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Wrap;

/// <summary>Says what a wrap would do. What could be a secret is not said: values are only those we set, and not even those of variables that hold more than an address.</summary>
internal static class DryRun
{
    /// <summary>Names of variables whose value may hold what the user keeps to themselves, beside what we put there.</summary>
    private static readonly string[] s_secret = ["KEY", "TOKEN", "SECRET", "PASSWORD", "HEADER", "AUTH", "CREDENTIAL"];

    public static void Write(TextWriter output, string program, AgentLaunch launch, IReadOnlyDictionary<string, string?> variables, string? proxy, IReadOnlyList<string>? server, string? token)
    {
        string Hide(string text) => token is null ? text : text.Replace(token, "(token)", StringComparison.Ordinal);
        if (proxy is not null) output.WriteLine(Hide(proxy));
        output.WriteLine(server is null ? "no MCP server: nothing is cut, unless the agent declares headroom_retrieve itself" : "MCP server: " + Spell(server));
        foreach (FileChange change in launch.Files) output.WriteLine($"file: {change.Path}, if it has no {string.Join('.', change.Member)} yet, gets {change.Sample}");
        foreach ((string name, string? value) in variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            bool isSecret = s_secret.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase));
            output.WriteLine(value is null ? $"variable: {name} is taken away" : $"variable: {name}={(isSecret ? "(not shown)" : Hide(value))}");
        }

        output.WriteLine("command: " + Hide(Spell([program, .. launch.Arguments])));
        foreach (string note in launch.Notes) output.WriteLine("note: " + note);
    }

    /// <summary>A command line as a shell would take it.</summary>
    private static string Spell(IReadOnlyList<string> words) => string.Join(' ', words.Select(ShellWord.Of));
}
