using System.Text.Json;

namespace Headroom.Cli.Mcp.Tools;

/// <summary><c>headroom_compress</c>: makes a text smaller.</summary>
/// <remarks>It takes texts, not paths: what files may be read is for the agent's own tools to decide.</remarks>
internal sealed class CompressTool(ConversationCompressor compressor, ConversationContext context, McpFigures figures) : McpTool(
    """
    {"name":"headroom_compress","description":"Makes a text that a model will read smaller: tool output, logs, JSON, search results, diffs, tables, documents. Use it before handing such a text to another model or keeping it in notes. Nothing is lost: values stay exact, and what is left out of long texts is marked in place and comes back with headroom_retrieve. A text that cannot be made smaller comes back unchanged.","inputSchema":{"type":"object","properties":{"text":{"type":"string","description":"The text"},"tool":{"type":"string","description":"Name of the tool or command the text came from"},"query":{"type":"string","description":"The question the text answers; what matches it stays visible"}},"required":["text"]},"annotations":{"readOnlyHint":true,"openWorldHint":false}}
    """u8)
{
    protected override async ValueTask<string> AnswerAsync(IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var item = new ContextItem
        {
            Text = TextOf(arguments, "text") ?? throw new McpToolException("text is missing. Call it with {\"text\": \"...\"}."),
            ToolName = TextOf(arguments, "tool"),
            Question = TextOf(arguments, "query"),
        };
        ItemOutcome outcome = await compressor.CompressAsync(item, context, cancellationToken).ConfigureAwait(false);
        figures.Compressed(outcome);
        return outcome.Text;
    }
}
