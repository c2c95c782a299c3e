namespace Headroom.Cli.Transcripts;

/// <summary>Puts the requests of one conversation together while its messages are read in order.</summary>
internal sealed class ConversationBuilder(string name)
{
    private readonly List<RecordedRequest> _requests = [];
    private List<RecordedMessage> _history = [];
    private HistoryChange _change;

    public string Name => name;

    public IReadOnlyList<RecordedMessage> History => _history;

    /// <summary>The last request; <see langword="null"/> before the first.</summary>
    public RecordedRequest? Last => _requests.Count > 0 ? _requests[^1] : null;

    public IReadOnlyList<string> Tools { get; set; } = [];

    public string? Model { get; set; }

    /// <summary>Something the model will read in the next request.</summary>
    public void Add(RecordedMessage message) => _history.Add(message);

    /// <summary>A turn of the model: the answer to everything before it.</summary>
    public RecordedRequest Answer(RecordedMessage answer)
    {
        var request = new RecordedRequest
        {
            History = _history,
            Count = _history.Count,
            Answer = answer,
            Change = _change,
            Tools = Tools,
            At = (_history.Count > 0 ? _history[^1].At : null) ?? answer.At,
            Model = Model,
        };
        _change = HistoryChange.None;
        _history.Add(answer);
        _requests.Add(request);
        return request;
    }

    /// <summary>From here on the history is another one.</summary>
    public void Restart(IEnumerable<RecordedMessage> messages, HistoryChange change)
    {
        _history = [.. messages]; // a new list: earlier requests keep theirs
        _change = _requests.Count > 0 ? change : HistoryChange.None;
    }

    /// <summary>Forgets the last message, an answer that no request has sent back yet.</summary>
    public void DropAnswer() => _history.RemoveAt(_history.Count - 1);

    /// <summary>From here on only the first so many messages count.</summary>
    public void GoBack(int count) => Restart(_history.Take(count), HistoryChange.Branched);

    /// <summary>The conversation. Requests that sent nothing that is known are left out.</summary>
    public RecordedConversation Build() => new(name, [.. _requests.Where(r => r.Count > 0 || r.Tools.Count > 0)]);
}
