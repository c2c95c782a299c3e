using Headroom.Economics;

namespace Headroom.SemanticKernel.Conversations;

/// <summary>The calls of one turn of the model. Thread-safe: they may run side by side.</summary>
internal sealed class BornTurn(int request)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, (string CallId, object? Result)> _done = [];
    private TokenBalance _touched;
    private int _ended;

    public int Request => request;

    /// <summary>The results of earlier calls that are there by now, in the order of the calls.</summary>
    public IReadOnlyList<(string CallId, object? Result)> Before(int call)
    {
        lock (_lock) return [.. _done.Where(d => d.Key < call).Select(d => d.Value)];
    }

    public void Add(int call, string callId, object? result, TokenBalance touched)
    {
        lock (_lock)
        {
            _done[call] = (callId, result);
            _touched += touched;
        }
    }

    /// <summary>One more call has ended, well or not; what all of them saved once it was the last.</summary>
    public TokenBalance? End(int calls)
    {
        lock (_lock) return ++_ended == calls ? _touched : null;
    }
}
