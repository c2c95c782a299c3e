using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>The option <c>--token</c>, and the variable that keeps a token out of the list of processes.</summary>
internal static class TokenOption
{
    private const string Variable = "HEADROOM_TOKEN";

    public static Option<string?> Create(string description) => new("--token") { Description = $"{description} Other users can see command lines; the variable {Variable} hides it.", HelpName = "TOKEN" };

    /// <summary>The token given, or that of the variable; <see langword="null"/> for none.</summary>
    public static string? Of(string? given) => given ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } hidden ? hidden : null);
}
