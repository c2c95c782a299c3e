using System.Globalization;
using System.Text.Json;
using Headroom.Cli.Storage;

namespace Headroom.Cli.Mcp.Tools;

/// <summary><c>headroom_stats</c>: what this process did, and what the store holds.</summary>
internal sealed class StatsTool(McpFigures figures, string? givenStore) : McpTool(
    """
    {"name":"headroom_stats","description":"Says how many tokens headroom_compress saved since this server started, how often originals were asked back, and what the store of originals holds.","inputSchema":{"type":"object","properties":{}},"annotations":{"readOnlyHint":true,"openWorldHint":false}}
    """u8)
{
    protected override async ValueTask<string> AnswerAsync(IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        string kept = await StoreFigures.OfAsync(givenStore, cancellationToken).ConfigureAwait(false) is { } held
            ? Text($"{held.Originals:N0} originals, {held.Bytes:N0} bytes, in {held.File}")
            : "no store of originals";
        double saved = figures.TokensBefore > 0 ? 100.0 * (figures.TokensBefore - figures.TokensAfter) / figures.TokensBefore : 0;
        return Text($"""
            compressed by this process: {figures.Texts:N0} texts, {figures.Smaller:N0} of them made smaller; {figures.TokensBefore:N0} tokens became {figures.TokensAfter:N0}, {saved:0.0} % fewer (counted with o200k_base)
            asked back: {figures.Retrievals:N0} times, {figures.TokensRetrieved:N0} tokens
            store: {kept}
            """);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
