using Headroom.SemanticKernel.Conversations;
using Headroom.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Headroom.SemanticKernel;

/// <summary>Compresses chat histories wherever an <see cref="IChatHistoryReducer"/> is taken.</summary>
/// <remarks>
/// Thread-safe. Keeps every message, in order; those in which nothing changes are the same instances. A reducer sees no settings, so whether the model is
/// offered the retrieval function is for you to say. A failure of compression changes nothing.
/// </remarks>
public sealed class HeadroomChatHistoryReducer : IChatHistoryReducer
{
    private static readonly Dictionary<string, ToolPolicy> s_noPolicies = [];

    private readonly HistoryCompressor _histories;
    private readonly ConversationContext _context;

    /// <summary>Creates a reducer.</summary>
    /// <param name="compressor">The engine. The default has default options and keeps originals in memory.</param>
    /// <param name="canRetrieve">Whether the model can call the retrieval function and it is answered from the same store. Without it nothing is left out.</param>
    /// <param name="scope">The scope originals are stored in.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    public HeadroomChatHistoryReducer(ConversationCompressor? compressor = null, bool canRetrieve = false, string scope = "", ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ILogger logger = (ILogger?)loggerFactory?.CreateLogger<HeadroomChatHistoryReducer>() ?? NullLogger.Instance;
        _histories = new HistoryCompressor(compressor ?? new ConversationCompressor(store: new InMemoryOriginalStore()), logger);
        // What a reducer returns may replace the history, so the conversation does not hold the originals: they go to the store.
        _context = new ConversationContext { CanRetrieve = canRetrieve, Scope = scope };
    }

    /// <summary>The history with smaller results.</summary>
    /// <returns><see langword="null"/> when nothing changed.</returns>
    public async Task<IEnumerable<ChatMessageContent>?> ReduceAsync(IReadOnlyList<ChatMessageContent> chatHistory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        return await _histories.CompressAsync(chatHistory, s_noPolicies, _ => _context, "reduce", cancellationToken).ConfigureAwait(false);
    }
}
