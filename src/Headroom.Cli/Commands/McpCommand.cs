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
        var command = new Command("mcp", "An MCP server over stdio with the tools headroom_compress, headroom_retrieve and headroom_stats.") { mode, store, GatewayCommand.Create() };
        command.SetAction((parsed, cancellationToken) => McpServerRunner.RunAsync(ModeOption.Of(parsed, mode), parsed.GetValue(store), cancellationToken));
        return command;
    }
}
