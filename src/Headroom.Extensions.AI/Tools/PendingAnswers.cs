using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>Answers that a service which keeps the history has yet to be sent.</summary>
/// <remarks>
/// Where a turn calls other tools too, the caller sends such a service only the results of those, and ours must go with them.
/// Thread-safe. Bounded; lost with the process, like the caller's own calls in flight.
/// </remarks>
internal sealed class PendingAnswers
{
    /// <summary>Conversations in flight at once: far more than one process serves between two requests of one conversation.</summary>
    private const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ChatMessage> _answers = new(StringComparer.Ordinal);
    private readonly Queue<(string Conversation, ChatMessage Answers)> _oldest = new();

    public void Add(string conversation, ChatMessage answers)
    {
        lock (_lock)
        {
            _answers[conversation] = answers;
            _oldest.Enqueue((conversation, answers));
            if (_oldest.Count <= Capacity) return;
            (string old, ChatMessage dropped) = _oldest.Dequeue();
            if (ReferenceEquals(_answers.GetValueOrDefault(old), dropped)) _answers.Remove(old); // unless the conversation has newer ones
        }
    }

    public ChatMessage? Find(string conversation)
    {
        lock (_lock) return _answers.GetValueOrDefault(conversation);
    }

    public void Remove(string conversation)
    {
        lock (_lock) _answers.Remove(conversation);
    }
}
