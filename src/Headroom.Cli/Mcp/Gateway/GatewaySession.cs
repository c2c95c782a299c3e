using System.Collections.Concurrent;
using System.Threading.Channels;
using Headroom.Cli.Wire;
using Headroom.Retrieval;
using Headroom.Storage;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>One client and one server, and the gateway between them.</summary>
/// <remarks>
/// Messages go on as the bytes they came as. Looked into are requests (to know what a response answers), lists of tools (our own is added) and results of
/// tools (their texts are made smaller). A result may be worked on while others overtake it, as JSON-RPC allows.
/// </remarks>
internal sealed partial class GatewaySession
{
    /// <summary>Results worked on at once. More wait where they are, in the pipe from the server.</summary>
    private static readonly int MaxAtWork = Math.Max(2, Environment.ProcessorCount);

    /// <summary>An implementation-defined server error of JSON-RPC.</summary>
    public const int ServerGone = -32000;

    /// <summary>Where requests name their protocol version, from 2026-07-28 on.</summary>
    public const string VersionKey = "io.modelcontextprotocol/protocolVersion";

    /// <summary>How long the last words of a server that has ended may take to arrive.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IMessageChannel _client, _server;
    private readonly ToolCatalog _catalog;
    private readonly ToolResultRewriter _results;
    private readonly OriginalResolver _resolver;
    private readonly McpFigures _figures;
    private readonly TextWriter _talk;
    private readonly OpenRequests _open = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _ours = new(StringComparer.Ordinal);
    private readonly Channel<bool> _atWork = Channel.CreateBounded<bool>(MaxAtWork); // one entry a result that is worked on
    private volatile string? _version;

    /// <param name="client">The client's side.</param>
    /// <param name="server">The server's side.</param>
    /// <param name="settings">What is to be done with results.</param>
    /// <param name="store">Where originals are kept.</param>
    /// <param name="figures">Told of every result.</param>
    /// <param name="talk">Where failures are told.</param>
    public GatewaySession(IMessageChannel client, IMessageChannel server, GatewaySettings settings, IOriginalStore? store, McpFigures figures, TextWriter talk)
    {
        (_client, _server, _figures, _talk) = (client, server, figures, talk);
        _catalog = new ToolCatalog(settings, store);
        _results = new ToolResultRewriter(_catalog, settings.Structured, figures);
        _resolver = new OriginalResolver(store);
    }

    /// <summary>Passes messages until one side ends. When the client ends, so does the server; what it still says is passed on.</summary>
    /// <returns>Whether it was the server that ended.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Task fromClient = PumpAsync(_client, FromClientAsync, cancellationToken), fromServer = PumpAsync(_server, FromServerAsync, cancellationToken);
        bool serverEnded = await Task.WhenAny(fromClient, fromServer).ConfigureAwait(false) == fromServer;
        if (!serverEnded)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
            // What a server started may hold its output open when it has ended.
            if (await Task.WhenAny(fromServer, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false) != fromServer) return false;
        }

        await fromServer.ConfigureAwait(false);
        for (int i = 0; i < MaxAtWork; i++) await _atWork.Writer.WriteAsync(true, cancellationToken).ConfigureAwait(false); // all that was worked on is through
        foreach (OpenRequest request in _open.All)
            await _client.SendAsync(RpcAnswers.Error(request.Id.Span, ServerGone, "The MCP server behind headroom ended before it answered."), cancellationToken).ConfigureAwait(false);
        return serverEnded;
    }

    private static async Task PumpAsync(IMessageChannel from, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> pass, CancellationToken cancellationToken)
    {
        while (await from.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } message) await pass(message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The messages of a batch, which one protocol version allowed; otherwise the one message.</summary>
    private static ReadOnlyMemory<byte>[]? BatchOf(ReadOnlyMemory<byte> line) =>
        line.Span.TrimStart(" \t"u8) is [(byte)'[', ..] && JsonSpan.TryWhole(line.Span, out JsonSpan whole)
            ? [.. whole.Elements(line.Span).Select(e => line.Slice(e.Start, e.Length))]
            : null;

    private static byte[] Batch(List<ReadOnlyMemory<byte>> messages)
    {
        using var batch = new MemoryStream();
        for (int i = 0; i < messages.Count; i++)
        {
            batch.Write(i == 0 ? "["u8 : ","u8);
            batch.Write(messages[i].Span);
        }

        batch.Write("]"u8);
        return batch.ToArray();
    }

    /// <summary>Does work beside the stream of messages.</summary>
    private async ValueTask BesideAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _atWork.Writer.WriteAsync(true, cancellationToken).ConfigureAwait(false);
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await work().ConfigureAwait(false);
                }
                finally
                {
                    _atWork.Reader.TryRead(out _);
                }
            },
            CancellationToken.None);
    }
}
