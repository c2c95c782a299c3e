using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Retrieval;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Makes the texts of a tool's result smaller. Everything else of the result stays, byte for byte.</summary>
/// <param name="catalog">What is known about the tools.</param>
/// <param name="policy">What becomes of structured content that a text repeats.</param>
/// <param name="figures">Told of every outcome.</param>
internal sealed class ToolResultRewriter(ToolCatalog catalog, StructuredPolicy policy, McpFigures figures)
{
    /// <summary>The response with smaller texts, or the same bytes.</summary>
    /// <param name="response">A response to a call.</param>
    /// <param name="call">The call.</param>
    /// <param name="knowsStructured">Whether the protocol version at hand knows structured content.</param>
    /// <param name="cancellationToken">Cancels storing.</param>
    public async ValueTask<ReadOnlyMemory<byte>> RewriteAsync(RpcMessage response, ToolCall call, bool knowsStructured, CancellationToken cancellationToken)
    {
        JsonSpan[] members = response.Members(response.Result, "content", "structuredContent", "isError", "resultType", "_meta");
        bool isFinal = members[3].IsAbsent || response.TextOf(members[3]) == "complete";
        if (members[2].Kind == JsonTokenType.True || !isFinal) return response.Bytes;
        List<ResultText> texts = ResultText.Of(response, members[0]);
        foreach (ResultText text in texts) text.Sent = await CompressAsync(text.Original, call, cancellationToken).ConfigureAwait(false);

        ToolFacts? tool = catalog.Find(call.Tool);
        bool isShown = tool?.HasInterface == true || ToolFacts.NamesInterface(response.Bytes.Span, members[4]);
        bool isOpen = policy != StructuredPolicy.Keep && !isShown && members[1].Kind is not (JsonTokenType.None or JsonTokenType.Null);
        RepeatedContent? repeated = isOpen ? RepeatedContent.Find(response, members[1], texts) : null;
        bool isDemanded = knowsStructured && (tool is null || (tool.HasOutputSchema && policy != StructuredPolicy.Text));
        List<(int At, Action<JsonEdits> Change)> changes = [];
        if (repeated is { IsAll: true } && !isDemanded) changes.Add(Removal(response));
        else if (repeated is { Member: { } member } && (!isDemanded || tool?.FreeTexts.Contains(member) == true)) changes.Add(Replacement(repeated.Token, repeated.Text.Sent));
        if (repeated is { IsAll: true } && isDemanded && policy == StructuredPolicy.Once) await GiveWayAsync(repeated.Text, cancellationToken).ConfigureAwait(false);
        changes.AddRange(texts.Where(t => !ReferenceEquals(t.Sent, t.Original)).Select(t => Replacement(t.Token, t.Sent)));
        var edits = new JsonEdits(response.Bytes);
        foreach ((_, Action<JsonEdits> change) in changes.OrderBy(c => c.At)) change(edits);
        return edits.Apply();
    }

    private async ValueTask<string> CompressAsync(string text, ToolCall call, CancellationToken cancellationToken)
    {
        ContextItem item = new() { Text = text, ToolName = call.Tool, Arguments = call.Arguments };
        ItemOutcome outcome = await catalog.Compressor.CompressAsync(item, new ConversationContext { CanRetrieve = catalog.IsDeclared }, cancellationToken).ConfigureAwait(false);
        figures.Compressed(outcome);
        return outcome.Form == ItemForm.Unchanged ? text : outcome.Text;
    }

    /// <summary>Puts a marker in the place of a text that stands in the structured content too, where that is smaller and the text can be had back (law 5).</summary>
    private async ValueTask GiveWayAsync(ResultText text, CancellationToken cancellationToken)
    {
        if (!catalog.IsDeclared || text.Original.Length == 0 || catalog.Compressor.Store is not { } store) return;
        string id = OriginalId.Compute(text.Original);
        ContentRange all = ContentRange.Lines(1, text.Original.AsSpan().Count('\n') + (text.Original[^1] == '\n' ? 0 : 1));
        string marker = MarkerGrammar.Write(id, new ElidedCandidate("repeat", [new GapPart(all, "the same as structuredContent")], all));
        ITokenCounter tokens = catalog.Compressor.Tokens;
        if (tokens.Count(marker) < tokens.Count(text.Sent) && await store.PutAsync(new OriginalKey("", id), text.Original, cancellationToken).ConfigureAwait(false)) text.Sent = marker;
    }

    private static (int At, Action<JsonEdits> Change) Replacement(JsonSpan token, string text) => (token.Start, edits => edits.Replace(token, text));

    private static (int At, Action<JsonEdits> Change) Removal(RpcMessage response)
    {
        (int start, int length) = response.Result.WholeMember(response.Bytes.Span, "structuredContent");
        return (start, edits => edits.Remove(start, length));
    }
}
