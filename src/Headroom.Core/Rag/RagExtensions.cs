using Headroom.Internal.Lines;
using Headroom.Internal.Selection;
using Headroom.Rag;

namespace Headroom;

/// <summary>Compresses what retrievers find.</summary>
public static class RagExtensions
{
    /// <summary>Makes one text of chunks: overlapping ones merged, duplicates dropped, each passage under a line that cites it, in the order given.</summary>
    /// <param name="compressor">The engine. In its lossy modes what does not answer the question is left out, once the text is large.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="chunks">The chunks of any retriever.</param>
    /// <param name="context">Whether the model can retrieve what is left out; nothing is otherwise.</param>
    /// <param name="maxTokens">
    /// Tokens the text may have. The best chunks stay whole, as many as there is room for; of the others what answers the question stays. Not heeded where
    /// nothing may be left out: then <see cref="RagContext.IsOverBudget"/> says so. The default is <see langword="null"/>: only large texts are cut.
    /// </param>
    /// <param name="cancellationToken">Cancels storing.</param>
    /// <returns>The text for the model, and the passages. Never throws but for cancellation and wrong arguments.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is not positive.</exception>
    public static async ValueTask<RagContext> CompressChunksAsync(
        this ConversationCompressor compressor, string question, IEnumerable<RagChunk> chunks, ConversationContext context, int? maxTokens = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compressor);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(context);
        if (maxTokens is { } max) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max, nameof(maxTokens));
        RagChunk[] given = [.. chunks];
        List<RagPassage> passages = [];
        foreach ((string text, IReadOnlyList<RagChunk> held) in ChunkMerger.Merge(given))
            passages.Add(new RagPassage(passages.Count + 1, CitationLine.Write(passages.Count + 1, held), text, held));

        var item = new ContextItem
        {
            Text = Join(passages.Select(p => (p.Citation, p.Text))),
            Role = ItemRole.User,
            IsCompressible = true,
            Question = question,
            MaxTokens = maxTokens,
            Records = Records(question, passages, maxTokens is not null),
        };
        ItemOutcome outcome = await compressor.CompressAsync(item, context, cancellationToken).ConfigureAwait(false);
        return new RagContext
        {
            Text = outcome.Text,
            Passages = passages,
            Outcome = outcome,
            TokensBefore = compressor.Tokens.Count(Join(given.Select((c, i) => (CitationLine.Write(i + 1, [c]), c.Text)))),
            IsOverBudget = outcome.TokensAfter > maxTokens,
        };
    }

    private static string Join(IEnumerable<(string Citation, string Text)> passages) => string.Join("\n\n", passages.Select(p => $"{p.Citation}\n{p.Text.TrimEnd('\n')}"));

    private static TextRecords Records(string question, List<RagPassage> passages, bool wholeFirst)
    {
        int[] lines = new int[passages.Count];
        for (int p = 1; p < lines.Length; p++) lines[p] = lines[p - 1] + passages[p - 1].Text.TrimEnd('\n').AsSpan().Count('\n') + 3; // the citation, the text, a blank line
        double[] worth = passages.TrueForAll(p => p.Chunks.All(c => c.Score is not null))
            ? [.. passages.Select(p => p.Chunks.Max(c => c.Score!.Value))]
            : new QuestionRanking(question).Score(new LineList(string.Join('\n', passages.Select(p => (p.Citation + " " + p.Text).Replace('\n', ' ')))), passages.Count, maxShare: 1);
        return new TextRecords(lines, [.. Enumerable.Range(0, passages.Count).OrderByDescending(p => worth[p])], wholeFirst);
    }
}
