using Headroom.Cli.Mcp;
using Headroom.Cli.Processes;
using Headroom.Retrieval;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether <c>headroom mcp</c> starts and offers its tools, as an agent would find it.</summary>
internal sealed class McpServerCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Mcp;

    public string Subject => "headroom mcp";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> tools, string? whyNot) = await OwnServer.AskAsync(OwnServer.CommandLine(OwnCommand.Line, CompressionMode.Balanced, context.Store), cancellationToken).ConfigureAwait(false);
        if (whyNot is not null) return [Finding.Problem("headroom mcp does not start, or does not answer", "run headroom mcp < /dev/null, and look at what it says")]; // what it says is not ours to repeat
        return [tools.Contains(RetrievalTool.Name)
            ? Finding.Ok($"headroom mcp starts and offers {string.Join(", ", tools)}")
            : Finding.Problem($"headroom mcp starts, but does not offer {RetrievalTool.Name}", "please report it")];
    }
}
