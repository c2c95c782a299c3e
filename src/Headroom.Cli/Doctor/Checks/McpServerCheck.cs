using Headroom.Cli.Processes;
using Headroom.Retrieval;
using ModelContextProtocol.Client;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether <c>headroom mcp</c> starts and offers its tools, as an agent would find it.</summary>
internal sealed class McpServerCheck : ICheck
{
    /// <summary>Starting takes half a second; on a busy machine several.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>It ends at once when its input does.</summary>
    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(2);

    public CheckGroup Group => CheckGroup.Mcp;

    public string Subject => "headroom mcp";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        IReadOnlyList<string> line = OwnCommand.Line;
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "headroom",
            Command = line[0],
            Arguments = [.. line.Skip(1), "mcp", .. context.Store is { } store ? ["--store", store] : (string[])[]],
            ShutdownTimeout = s_end,
            StandardErrorLines = _ => { }, // what it says is not ours to repeat
        });
        try
        {
            McpClient client = await McpClient.CreateAsync(transport, cancellationToken: patience.Token).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: patience.Token).ConfigureAwait(false);
                return [tools.Any(t => t.Name == RetrievalTool.Name)
                    ? Finding.Ok($"headroom mcp starts and offers {string.Join(", ", tools.Select(t => t.Name).Order(StringComparer.Ordinal))}")
                    : Finding.Problem($"headroom mcp starts, but does not offer {RetrievalTool.Name}", "please report it")];
            }
        }
#pragma warning disable CA1031 // However a child fails to answer, it is the same to an agent.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return [Finding.Problem("headroom mcp does not start, or does not answer", "run headroom mcp < /dev/null, and look at what it says")];
        }
    }
}
