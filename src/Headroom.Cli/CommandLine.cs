using System.CommandLine.Parsing;

namespace Headroom.Cli;

/// <summary>What the command line says, in words.</summary>
internal static class CommandLine
{
    /// <summary>A command as it is typed: <c>headroom mcp gateway</c>.</summary>
    public static string NameOf(CommandResult command) => command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "headroom";
}
