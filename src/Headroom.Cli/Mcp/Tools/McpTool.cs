using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Headroom.Cli.Mcp.Tools;

/// <summary>A tool of our MCP server: one text in answer to each call.</summary>
/// <param name="declaration">The tool as it stands in <c>tools/list</c>.</param>
internal abstract class McpTool(ReadOnlySpan<byte> declaration) : McpServerTool
{
    private static readonly Dictionary<string, JsonElement> NoArguments = [];

    public override Tool ProtocolTool { get; } = JsonSerializer.Deserialize(declaration, McpJson.Of<Tool>())!;

    public override IReadOnlyList<object> Metadata => [];

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return Result(await AnswerAsync(request.Params?.Arguments ?? NoArguments, cancellationToken).ConfigureAwait(false), isError: false);
        }
        catch (McpToolException e)
        {
            return Result($"{ProtocolTool.Name}: {e.Message}", isError: true);
        }
    }

    /// <summary>Answers a call.</summary>
    /// <exception cref="McpToolException">The call cannot be answered.</exception>
    protected abstract ValueTask<string> AnswerAsync(IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken);

    /// <summary>The text of an argument; <see langword="null"/> where it is not given.</summary>
    protected static string? TextOf(IDictionary<string, JsonElement> arguments, string name)
    {
        if (!arguments.TryGetValue(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new McpToolException($"{name} must be a text.");
    }

    private static CallToolResult Result(string text, bool isError) => new() { Content = [new TextContentBlock { Text = text }], IsError = isError };
}
