using System.Runtime.CompilerServices;

namespace Headroom.SemanticKernel.Conversations;

/// <summary>Remembers of results that were compressed at birth what they were: the history holds only what was sent.</summary>
/// <remarks>
/// Known by the very object that stands in the history, for as long as it does: nothing expires, and nothing is kept alive. A history that was
/// written down and read again holds other objects; its results are taken as they stand. Thread-safe.
/// </remarks>
internal sealed class BornResults
{
    private static readonly ConditionalWeakTable<ConversationCompressor, BornResults> s_ofCompressors = [];

    private readonly ConditionalWeakTable<object, BornResult> _results = [];
    private readonly ConditionalWeakTable<object, BornTurn> _turns = [];

    /// <summary>What was born of one engine, whichever front door it went through.</summary>
    public static BornResults Of(ConversationCompressor compressor) => s_ofCompressors.GetOrCreateValue(compressor);

    public void Add(object result, BornResult born) => _results.AddOrUpdate(result, born);

    public BornResult? Find(object? result) => result is not null && _results.TryGetValue(result, out BornResult? born) ? born : null;

    /// <summary>The turn of the model that a call belongs to.</summary>
    /// <param name="conversation">What stays the same object for all calls of a turn.</param>
    /// <param name="request">The number of the request within the conversation.</param>
    public BornTurn Turn(object conversation, int request)
    {
        BornTurn turn = _turns.GetValue(conversation, _ => new BornTurn(request));
        if (turn.Request == request) return turn;
        var next = new BornTurn(request);
        _turns.AddOrUpdate(conversation, next);
        return next;
    }
}
