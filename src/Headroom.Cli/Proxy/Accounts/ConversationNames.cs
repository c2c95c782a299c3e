using Headroom.Cli.Proxy.Bodies;
using Headroom.Storage;

namespace Headroom.Cli.Proxy.Accounts;

/// <summary>Tells conversations apart, by what stands in each of their requests and never changes.</summary>
/// <remarks>
/// The first text of the user, and what the client calls its session. Where the provider keeps the history, later requests have neither: then the answer they go on
/// from leads to the name, as long as it is remembered. Thread-safe; bounded. A name is a hash, and says nothing of what was said.
/// </remarks>
internal sealed class ConversationNames
{
    /// <summary>60 bits: no two conversations of one proxy share a name by accident, and it fits a column.</summary>
    private const int Length = 12;

    /// <summary>Answers remembered, at about 150 bytes each.</summary>
    private const int Capacity = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    public string Of(Prompt prompt)
    {
        if (prompt.PreviousId is { } id)
        {
            lock (_lock) return _answers.GetValueOrDefault(id) ?? OriginalId.Compute(prompt.Session ?? id, Length);
        }

        return OriginalId.Compute($"{prompt.Session}\0{prompt.FirstUserText}", Length);
    }

    /// <summary>Remembers which conversation an answer belongs to.</summary>
    public void Remember(string answerId, string name)
    {
        lock (_lock)
        {
            if (!_answers.TryAdd(answerId, name)) return;
            _oldest.Enqueue(answerId);
            if (_oldest.Count > Capacity) _answers.Remove(_oldest.Dequeue());
        }
    }
}
