using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Transcripts;

/// <summary>Sorts recorded requests, each with the whole history it sent, into the conversations they belong to.</summary>
internal sealed class ChatLog
{
    /// <summary>Conversations a request may go on from: more than run side by side, few enough to look through.</summary>
    private const int Open = 32;

    private readonly List<ConversationBuilder> _all = [];
    private readonly List<ConversationBuilder> _lastUsedFirst = [];
    private readonly Dictionary<string, ConversationBuilder> _named = new(StringComparer.Ordinal);

    public List<RecordedConversation> Build() => [.. _all.Select(b => b.Build())];

    /// <summary>A request and its answer.</summary>
    /// <param name="messages">All that was sent.</param>
    /// <param name="answer">What came back; <see langword="null"/> where a record is a conversation rather than a request: then its own turns are the answers.</param>
    /// <param name="tools">The tools declared.</param>
    /// <param name="model">The model.</param>
    /// <param name="usage">What the provider reported.</param>
    /// <param name="id">What the record itself names its conversation.</param>
    public void Add(List<RecordedMessage> messages, RecordedMessage? answer, IReadOnlyList<string> tools, string? model, WireUsage? usage, string? id = null)
    {
        ConversationBuilder builder = Find(messages, answer is not null, id);
        builder.Tools = tools;
        builder.Model = model ?? builder.Model;
        int common = Common(builder.History, messages);
        // The last answer comes back as the client spells it; it was not part of any prompt yet.
        if (common == builder.History.Count - 1 && ReferenceEquals(builder.History[^1], builder.Last?.Answer)) builder.DropAnswer();
        if (common < builder.History.Count) builder.Restart(builder.History.Take(common), HistoryChange.Edited);
        foreach (RecordedMessage message in messages.Skip(common))
        {
            if (answer is null && message.Role == ItemRole.Assistant) builder.Answer(message);
            else builder.Add(message);
        }

        if (answer is not null) builder.Answer(answer);
        if (builder.Last is { } last) last.Usage = usage ?? last.Usage;
    }

    private ConversationBuilder Find(List<RecordedMessage> messages, bool isRequest, string? id)
    {
        ConversationBuilder? found = id is not null ? _named.GetValueOrDefault(id) : _lastUsedFirst.Find(b => GoesOn(b.History, messages, isRequest));
        if (found is null)
        {
            _all.Add(found = new ConversationBuilder(id ?? (_all.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            if (id is not null) _named.Add(id, found);
        }

        _lastUsedFirst.Remove(found);
        _lastUsedFirst.Insert(0, found);
        if (_lastUsedFirst.Count > Open) _lastUsedFirst.RemoveAt(Open);
        return found;
    }

    /// <summary>
    /// A request goes on from a conversation that has the same first message of the user: what stands before it (a prompt with a date in it) may
    /// have changed, and what stands behind it may have been edited. A recorded conversation goes on from one it wholly begins with.
    /// </summary>
    private static bool GoesOn(IReadOnlyList<RecordedMessage> history, List<RecordedMessage> messages, bool isRequest) => isRequest
        ? messages.Exists(m => m.Role == ItemRole.Assistant) && FirstOfUser(history) is { } first && FirstOfUser(messages) is { } other && first.HasSameContent(other)
        : history.Count <= messages.Count && Common(history, messages) == history.Count;

    private static RecordedMessage? FirstOfUser(IEnumerable<RecordedMessage> messages) => messages.FirstOrDefault(m => m.Role == ItemRole.User);

    private static int Common(IReadOnlyList<RecordedMessage> history, List<RecordedMessage> messages)
    {
        int common = 0;
        while (common < history.Count && common < messages.Count && history[common].HasSameContent(messages[common])) common++;
        return common;
    }
}
