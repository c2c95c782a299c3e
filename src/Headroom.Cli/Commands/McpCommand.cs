using System.CommandLine;
using Headroom.Cli.Mcp;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom mcp</c>.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        Option<string> mode = ModeOption.Create();
        Option<string?> store = StoreOption.Create();
        var command = new Command("mcp", "The MCP server with which an agent brings originals back; it speaks over stdio.") { mode, store, GatewayCommand.Create() };
        command.SetAction((parsed, cancellationToken) => McpServerRunner.RunAsync(ModeOption.Of(parsed, mode), parsed.GetValue(store), cancellationToken));
        return command;
    }
}
