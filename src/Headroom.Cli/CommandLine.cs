using System.CommandLine;
using System.CommandLine.Parsing;

namespace Headroom.Cli;

/// <summary>How command lines are read, and what they say in words.</summary>
internal static class CommandLine
{
    /// <summary>No @file arguments: a tool name or query may begin with @.</summary>
    public static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>A command as it is typed: <c>headroom mcp gateway</c>.</summary>
    public static string NameOf(CommandResult command) => command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "headroom";
}
