using Headroom.Extensions.AI.Diagnostics;
using Headroom.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.SemanticKernel.Search;

/// <summary>Compresses the text of one search result.</summary>
internal sealed class SearchText(ConversationCompressor? compressor, bool canRetrieve, string scope, ILoggerFactory? loggerFactory)
{
    private readonly ConversationCompressor _compressor = compressor ?? new ConversationCompressor(store: new InMemoryOriginalStore());
    private readonly ConversationContext _context = new() { CanRetrieve = canRetrieve, Scope = scope };
    private readonly ILogger _logger = (ILogger?)loggerFactory?.CreateLogger("Headroom.SemanticKernel") ?? NullLogger.Instance;

    /// <summary>A result with a smaller text, or the same instance. Never throws but for cancellation.</summary>
    public async ValueTask<T> CompressAsync<T>(T result, string query, Func<T, string?> textOf, Func<T, string, T> withText, CancellationToken cancellationToken)
    {
        try
        {
            if (_compressor.IsShadow || textOf(result) is not { } text) return result;
            var item = new ContextItem { Text = text, Role = ItemRole.User, IsCompressible = true, Question = query };
            ItemOutcome outcome = await _compressor.CompressAsync(item, _context, cancellationToken).ConfigureAwait(false);
            if (HeadroomTelemetry.CountsItems) HeadroomTelemetry.Item(outcome, outcome.TokensBefore);
            return ReferenceEquals(outcome.Text, text) ? result : withText(result, outcome.Text);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The result passes as it was found (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ResultFailed(_logger, e);
            HeadroomTelemetry.Failure("function");
            return result;
        }
    }
}
