using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Messages;
using Headroom.Extensions.AI.Tools;
using Headroom.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Extensions.AI;

/// <summary>Compresses conversations wherever an <see cref="IChatReducer"/> is taken. It declares no tool: a reducer never sees the request's options.</summary>
/// <remarks>Thread-safe. Keeps every message, in order. A failure of compression returns the messages as they were handed in.</remarks>
public sealed class HeadroomChatReducer : IChatReducer
{
    private readonly ConversationCompressor _compressor;
    private readonly ConversationContext _context;
    private readonly ILogger _logger;

    /// <summary>Creates a reducer.</summary>
    /// <param name="compressor">The engine. The default has default options and keeps originals in memory.</param>
    /// <param name="canRetrieve">Whether the model can call the retrieval tool and it is answered from the same store. Without it nothing is left out.</param>
    /// <param name="scope">The scope originals are stored in.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    public HeadroomChatReducer(ConversationCompressor? compressor = null, bool canRetrieve = false, string scope = "", ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        _compressor = compressor ?? new ConversationCompressor(store: new InMemoryOriginalStore());
        // What a reducer returns may replace the history, so the conversation does not hold the originals: they go to the store.
        _context = new ConversationContext { CanRetrieve = canRetrieve, Scope = scope };
        _logger = (ILogger?)loggerFactory?.CreateLogger<HeadroomChatReducer>() ?? NullLogger.Instance;
    }

    /// <inheritdoc />
    public async Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] list = [.. messages];
        try
        {
            ConversationMap map = ConversationMap.Read(list, null, DeclaredPolicies.OfAll(null), MessageMemo.Of(_compressor), e => Log.ResultUnreadable(_logger, e));
            return map.Rewrite(await _compressor.CompressAsync(map.Items, _context, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong here, the messages pass as they were handed in (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CompressionFailed(_logger, e);
            HeadroomTelemetry.Failure("reduce");
            return list;
        }
    }
}
