namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Makes the tool results of a request smaller. Thread-safe; keeps nothing that another instance would need.</summary>
/// <param name="compressor">The engine, with the store that originals are read back from.</param>
/// <param name="onFailure">Told about failures of ours, by stage; the request goes on as it came.</param>
internal sealed class RequestRewriter(ConversationCompressor compressor, Action<string> onFailure)
{
    private readonly PromptReader _reader = new();
    private readonly SentTokens _sent = new();

    /// <summary>What becomes of a body. Never throws but for cancellation.</summary>
    public async ValueTask<RewrittenRequest> RewriteAsync(WireFormat format, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        string stage = "read";
        try
        {
            if (_reader.Read(format, body) is not { } prompt) return RewrittenRequest.Unread;
            stage = "compress";
            // The scope is the one `headroom mcp` and `headroom retrieve` look in. When only measuring, nothing is kept.
            var context = new ConversationContext { CanRetrieve = prompt.DeclaresRetrieval && compressor.MayElide, HoldsOriginals = compressor.IsShadow };
            IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync(prompt.Items, context, cancellationToken).ConfigureAwait(false);
            stage = "splice";
            return new RewrittenRequest(prompt, outcomes, compressor.IsShadow ? null : SplicedBody.Make(body, prompt, outcomes, _sent));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // No failure of ours fails a request (law 8): it goes on as it came, and the failure is counted.
        catch (Exception)
        {
            onFailure(stage);
            return RewrittenRequest.Unread;
        }
#pragma warning restore CA1031
    }
}
