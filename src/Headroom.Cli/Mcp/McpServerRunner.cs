using System.IO.Pipelines;
using Headroom.Cli.Input;
using Headroom.Cli.Mcp.Gateway;
using Headroom.Cli.Mcp.Tools;
using Headroom.Cli.Storage;
using Headroom.Retrieval;
using Headroom.Storage;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Headroom.Cli.Mcp;

/// <summary>Runs <c>headroom mcp</c>: an MCP server over stdio.</summary>
internal static class McpServerRunner
{
    private const string Instructions =
        "Results that begin with [headroom ID: ...] have parts left out; each gap is marked in place. headroom_retrieve brings any of it back, exactly.";

    public static async Task<int> RunAsync(CompressionMode mode, string? givenStore, CancellationToken cancellationToken)
    {
        Console.SetOut(Console.Error); // stdout is the wire: whoever writes a line there by mistake breaks no client
        using DeferredOriginalStore? store = StoreOpener.Open(givenStore, Console.Error);
        Pipe asked = new(), answered = new();
        Task relay = new StdioRelay(
            new LineChannel(StandardInput.OpenOrEmpty(), Console.OpenStandardOutput()),
            new LineChannel(answered.Reader.AsStream(), asked.Writer.AsStream())).RunAsync(cancellationToken);
        var transport = new StreamServerTransport(asked.Reader.AsStream(), answered.Writer.AsStream(), "headroom");
        await using (transport.ConfigureAwait(false))
        {
            McpServer server = McpServer.Create(transport, Options(mode, givenStore, store));
            await using (server.ConfigureAwait(false)) await server.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        await answered.Writer.CompleteAsync().ConfigureAwait(false);
        await relay.ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static McpServerOptions Options(CompressionMode mode, string? givenStore, IOriginalStore? store)
    {
        var figures = new McpFigures();
        var compressor = new ConversationCompressor(new HeadroomOptions { Mode = mode }, store: store);
        var context = new ConversationContext { CanRetrieve = mode != CompressionMode.Lossless && store is not null };
        return new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "headroom", Version = ToolVersion.Text },
            ServerInstructions = Instructions,
            ToolCollection =
            [
                new CompressTool(compressor, context, figures),
                new RetrieveTool(new OriginalResolver(store), figures),
                new StatsTool(figures, givenStore),
            ],
        };
    }
}
