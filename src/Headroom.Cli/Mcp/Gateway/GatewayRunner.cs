using Headroom.Cli.Processes;
using Headroom.Cli.Storage;
using Headroom.Storage;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Runs <c>headroom mcp gateway</c>.</summary>
internal static class GatewayRunner
{
    public static async Task<int> RunAsync(GatewaySettings settings)
    {
        TextWriter talk = TextWriter.Synchronized(Console.Error);
        bool mayCut = settings.Mode != CompressionMode.Lossless || settings.Tools.Any(t => t.Value is ToolPolicy.Balanced or ToolPolicy.Aggressive);
        IOriginalStore? store = mayCut ? StoreOpener.Open(settings.Store, talk) : null;
        using IDisposable? open = store as IDisposable;
        using var stop = new StopSignals();
        var figures = new McpFigures();
        try
        {
            return await OverStdioAsync(settings, store, figures, talk, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.ExitCode;
        }
    }

    private static async Task<int> OverStdioAsync(GatewaySettings settings, IOriginalStore? store, McpFigures figures, TextWriter talk, CancellationToken cancellationToken)
    {
        var server = new ServerProcess(settings.Command);
        await using (server.ConfigureAwait(false))
        {
            var client = new LineChannel(Console.OpenStandardInput(), Console.OpenStandardOutput());
            if (!await new GatewaySession(client, server, settings, store, figures, talk).RunAsync(cancellationToken).ConfigureAwait(false)) return ExitCodes.Success;
            await server.DisposeAsync().ConfigureAwait(false); // one that only closed its output ends now
            talk.WriteLine($"headroom: the MCP server {settings.Command[0]} ended with exit code {server.ExitCode}.");
            return server.ExitCode;
        }
    }
}
