using System.Globalization;
using Headroom.Cli.Input;
using Headroom.Cli.Mcp.Gateway.Http;
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
        using DeferredOriginalStore? store = mayCut ? StoreOpener.Open(settings.Store, talk) : null;
        using var stop = new StopSignals();
        var figures = new McpFigures();
        int code = ExitCodes.Success;
        try
        {
            if (settings.Listen is null) code = await OverStdioAsync(settings, store, figures, talk, stop.Token).ConfigureAwait(false);
            else await OverHttpAsync(settings, store, figures, talk, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Told to stop, and in order.
        }

        if (figures.Smaller > 0) talk.WriteLine(Summary(figures));
        return stop.Token.IsCancellationRequested ? stop.ExitCode : code;
    }

    private static async Task<int> OverStdioAsync(GatewaySettings settings, IOriginalStore? store, McpFigures figures, TextWriter talk, CancellationToken stopping)
    {
        IMessageChannel server = await ServerChannels.OpenAsync(settings, authorization: null, talk, stopping).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            var client = new LineChannel(StandardInput.OpenOrEmpty(), Console.OpenStandardOutput());
            if (!await new GatewaySession(client, server, settings, store, figures, talk).RunAsync(stopping).ConfigureAwait(false)) return ExitCodes.Success;
            await server.DisposeAsync().ConfigureAwait(false); // one that only closed its output ends now
            if (server is not ServerProcess process)
            {
                talk.WriteLine($"headroom: the MCP server at {settings.Url} ended the session.");
                return ExitCodes.CannotConnect;
            }

            talk.WriteLine($"headroom: the MCP server {settings.Command[0]} ended with exit code {process.ExitCode}.");
            return process.ExitCode;
        }
    }

    private static async Task OverHttpAsync(GatewaySettings settings, IOriginalStore? store, McpFigures figures, TextWriter talk, CancellationToken stopping)
    {
        if (settings.Url is null) CommandPath.Find(settings.Command[0]); // a command that is not there is said now, not to the first client
        await new GatewayHost(settings, store, figures, talk).RunAsync(stopping).ConfigureAwait(false);
    }

    private static string Summary(McpFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"headroom: {figures.Smaller:N0} of {figures.Texts:N0} texts made smaller, {figures.TokensBefore:N0} tokens became {figures.TokensAfter:N0}; asked back: {figures.TokensRetrieved:N0} tokens in {figures.Retrievals:N0} calls.");
}
