using System.CommandLine;
using System.CommandLine.Parsing;
using Headroom.Cli.Help;

namespace Headroom.Cli;

/// <summary>How command lines are read, and what they say in words.</summary>
internal static class CommandLine
{
    /// <summary>No @file arguments: a tool name or query may begin with @.</summary>
    public static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>A command as it is typed: <c>headroom mcp gateway</c>.</summary>
    public static string NameOf(CommandResult command) => command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "headroom";

    /// <summary>What is wrong where one of several commands has to be named; <see langword="null"/> where none has.</summary>
    public static string? WithoutCommand(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] names = [.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];
        if (command.Action is not null || names.Length == 0) return null;
        if (parsed.UnmatchedTokens is [var first, ..]) return $"there is no {(first.StartsWith('-') ? "option" : "command")} {first}.";
        if (command is RootCommand) names = [.. CommandGroup.All.SelectMany(g => g.Commands)]; // as --help lists them
        return $"name what to do: {string.Join(", ", names[..^1])} or {names[^1]}.";
    }
}
