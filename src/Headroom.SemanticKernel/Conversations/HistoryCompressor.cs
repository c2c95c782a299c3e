using Headroom.Extensions.AI.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using FunctionResultContent = Microsoft.Extensions.AI.FunctionResultContent;

namespace Headroom.SemanticKernel.Conversations;

/// <summary>Compresses whole chat histories. Remembers what results were, so that filters and later calls know.</summary>
internal sealed class HistoryCompressor(ConversationCompressor compressor, ILogger logger)
{
    private readonly BornResults _born = BornResults.Of(compressor);
    private readonly ConversationFold _fold = new(compressor, logger);

    /// <summary>The history with smaller results; <see langword="null"/> where nothing changes, and where compression fails.</summary>
    /// <param name="history">The messages.</param>
    /// <param name="policies">What tools say about their own results, by name.</param>
    /// <param name="contextOf">What is known about the conversation, told its messages.</param>
    /// <param name="stage">What to call a failure.</param>
    /// <param name="cancellationToken">Cancels storing.</param>
    public async ValueTask<List<ChatMessageContent>?> CompressAsync(
        IEnumerable<ChatMessageContent> history, IReadOnlyDictionary<string, ToolPolicy> policies, Func<IReadOnlyList<ChatMessage>, ConversationContext> contextOf, string stage,
        CancellationToken cancellationToken)
    {
        try
        {
            HistoryMap map = HistoryMap.Read(history);
            ConversationContext context = contextOf(map.Messages);
            FoldedConversation folded = await _fold.FoldAsync(map.Messages, null, null, policies, context, cancellationToken).ConfigureAwait(false);
            bool changed = false;
            List<ChatMessageContent> rewritten = map.Rewrite(folded.Messages, (message, content, value) =>
            {
                object? result = ((FunctionResultContent)map.Messages[message].Contents[content]).Result;
                _born.Add(value, folded.BornAt(message, content, result));
            });
            for (int m = 0; m < rewritten.Count && !changed; m++) changed = !ReferenceEquals(rewritten[m], map.Original(m));
            return changed ? rewritten : null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong here, the history is sent as it was handed in (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CompressionFailed(logger, e);
            HeadroomTelemetry.Failure(stage);
            return null;
        }
    }
}
