using System.CommandLine;
using System.CommandLine.Parsing;

namespace Headroom.Cli.Commands;

/// <summary>The option <c>--context-window</c> of commands that run a proxy.</summary>
internal static class ContextWindowOption
{
    public static Option<int?> Create() => new("--context-window")
    {
        Description = "Tokens the model can read at once: older results of a conversation give way as it fills up.",
        HelpName = "TOKENS",
    };

    /// <summary>Adds an error where it makes no sense.</summary>
    public static void Check(CommandResult result, Option<int?> window, Option<string> mode)
    {
        if (result.GetValue(window) is not { } tokens) return;
        if (tokens is < 2_000 or > 100_000_000) result.AddError("--context-window must be from 2,000 to 100,000,000 tokens.");
        else if (result.GetValue(mode) == "lossless") result.AddError("--context-window leaves older results out, which lossless never does; use balanced.");
    }
}
