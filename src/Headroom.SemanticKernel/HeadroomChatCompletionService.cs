using System.Runtime.CompilerServices;
using Headroom.Extensions.AI.Messages;
using Headroom.Extensions.AI.Tools;
using Headroom.SemanticKernel.Conversations;
using Headroom.SemanticKernel.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Headroom.SemanticKernel;

/// <summary>A chat completion service that is asked with smaller results: for hosts that keep a <see cref="ChatHistory"/> and call the service themselves.</summary>
/// <remarks>
/// The history handed in is not changed, but gains what the service adds to it (calls it ran, and their results). What was sent stays as it was sent, so
/// prompt caches keep hitting. Results of functions the service runs itself are the filter's: <c>kernelBuilder.AddHeadroom()</c>. Something is left out only
/// where the settings offer the model the retrieval function of the kernel. No failure of compression fails a request. Thread-safe.
/// </remarks>
public sealed class HeadroomChatCompletionService : IChatCompletionService
{
    private readonly IChatCompletionService _inner;
    private readonly ConversationCompressor _compressor;
    private readonly Func<Kernel, string>? _scopeSelector;
    private readonly HistoryCompressor _histories;
    private readonly RecentConversations _cutConversations = new();

    /// <summary>Creates a service.</summary>
    /// <param name="inner">The service that is asked.</param>
    /// <param name="compressor">The engine; the one the kernel uses, so that originals are found in the same store. The default has default options and keeps originals in memory.</param>
    /// <param name="scopeSelector">Chooses the scope originals are stored in, such as a tenant; one for all by default.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    public HeadroomChatCompletionService(
        IChatCompletionService inner, ConversationCompressor? compressor = null, Func<Kernel, string>? scopeSelector = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _compressor = compressor ?? new ConversationCompressor(store: new InMemoryOriginalStore());
        _scopeSelector = scopeSelector;
        _histories = new HistoryCompressor(_compressor, (ILogger?)loggerFactory?.CreateLogger<HeadroomChatCompletionService>() ?? NullLogger.Instance);
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<string, object?> Attributes => _inner.Attributes;

    /// <inheritdoc />
    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        ChatHistory sent = await CompressAsync(chatHistory, executionSettings, kernel, cancellationToken).ConfigureAwait(false);
        int count = sent.Count;
        try
        {
            return await _inner.GetChatMessageContentsAsync(sent, executionSettings, kernel, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            HandBack(sent, count, chatHistory);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        ChatHistory sent = await CompressAsync(chatHistory, executionSettings, kernel, cancellationToken).ConfigureAwait(false);
        int count = sent.Count;
        try
        {
            await foreach (StreamingChatMessageContent part in _inner.GetStreamingChatMessageContentsAsync(sent, executionSettings, kernel, cancellationToken).ConfigureAwait(false))
                yield return part;
        }
        finally
        {
            HandBack(sent, count, chatHistory);
        }
    }

    /// <summary>What is sent instead of a history: the history itself where nothing changes.</summary>
    private async ValueTask<ChatHistory> CompressAsync(ChatHistory history, PromptExecutionSettings? settings, Kernel? kernel, CancellationToken cancellationToken)
    {
        if (_compressor.IsShadow) return history;
        string scope = kernel is null ? "" : _scopeSelector?.Invoke(kernel) ?? "";
        IReadOnlyDictionary<string, ToolPolicy> policies = KernelNames.Policies(kernel?.Plugins.SelectMany(p => p) ?? []);
        string? fingerprint = null;
        bool canRetrieve = false;
        List<ChatMessageContent>? changed = await _histories.CompressAsync(history, policies, messages =>
        {
            ConversationMap map = ConversationMap.Read([.. messages], null, policies, MessageMemo.Of(_compressor), _ => { });
            fingerprint = map.FirstCallId is { } call ? OriginalId.Compute($"{map.FirstUserText}\n{call}", 26) : null;
            // A request that offers no tools keeps what earlier requests of its conversation left out, so that its messages stay the same bytes (law 3).
            canRetrieve = _compressor.MayElide
                && (RetrievalOffer.IsMade(settings, kernel, history, 0) || (settings?.FunctionChoiceBehavior is null && fingerprint is { } cut && _cutConversations.Contains(scope, cut)));
            return new ConversationContext { CanRetrieve = canRetrieve, Scope = scope };
        }, "request", cancellationToken).ConfigureAwait(false);
        if (changed is null) return history;
        if (canRetrieve && fingerprint is not null) _cutConversations.Add(scope, fingerprint);
        return new ChatHistory(changed);
    }

    /// <summary>Gives the caller's history what the service added to the copy.</summary>
    private static void HandBack(ChatHistory sent, int count, ChatHistory history)
    {
        if (ReferenceEquals(sent, history)) return;
        for (int i = count; i < sent.Count; i++) history.Add(sent[i]);
    }
}
