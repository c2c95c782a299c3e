using Headroom.Cli.Transcripts;

namespace Headroom.Evals.Policies;

/// <summary>A recorded conversation as a flat list of texts, and how many of them each request sent.</summary>
/// <param name="Parts">What a model read and wrote, oldest first.</param>
/// <param name="Requests">One a request, oldest first: how many of the parts it began with, and the part behind them that answers it.</param>
internal sealed record RecordedSession(IReadOnlyList<SessionPart> Parts, IReadOnlyList<SessionRequest> Requests)
{
    /// <summary>Reads every conversation below a folder. One that was compacted or edited on the way counts as several: policies are compared on histories that only grow.</summary>
    public static IEnumerable<RecordedSession> Read(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Path.GetExtension(path) is ".jsonl" or ".traj"
        from conversation in TranscriptReader.Read(File.ReadAllBytes(path)).Conversations
        from session in Of(conversation)
        select session;

    public static IEnumerable<RecordedSession> Of(RecordedConversation conversation)
    {
        List<RecordedRequest> requests = [];
        foreach (RecordedRequest request in conversation.Requests)
        {
            if (request.Change != HistoryChange.None && requests.Count > 0)
            {
                yield return Of(requests);
                requests.Clear();
            }

            requests.Add(request);
        }

        if (requests.Count > 0) yield return Of(requests);
    }

    private static RecordedSession Of(List<RecordedRequest> requests)
    {
        RecordedRequest last = requests[^1];
        List<SessionPart> parts = [];
        List<int> starts = [];
        Dictionary<string, RecordedPart> calls = new(StringComparer.Ordinal);
        foreach (RecordedMessage message in last.History.Take(last.Count).Append(last.Answer))
        {
            starts.Add(parts.Count);
            foreach (RecordedPart part in message.Parts)
            {
                if (part is { Kind: RecordedPartKind.Call, CallId: { } id }) calls[id] = part;
                RecordedPart? call = part.Kind == RecordedPartKind.Result && part.CallId is { } of ? calls.GetValueOrDefault(of) : null;
                parts.Add(new SessionPart(part.Kind, part.Wire, new ContextItem
                {
                    Text = part.Text,
                    Role = part.Kind == RecordedPartKind.Result ? ItemRole.Tool : message.Role == ItemRole.Tool ? ItemRole.User : message.Role,
                    ToolName = part.Kind == RecordedPartKind.Result ? part.Name ?? call?.Name : null,
                    CallId = part.Kind == RecordedPartKind.Result ? part.CallId : null,
                    Arguments = call?.Text,
                    IsError = part.IsError,
                }));
            }
        }

        starts.Add(parts.Count);
        return new RecordedSession(parts, [.. requests.Select(r => new SessionRequest(starts[r.Count], starts[Math.Min(r.Count + 1, starts.Count - 1)]))]);
    }
}

/// <summary>A text of a session.</summary>
internal sealed record SessionPart(RecordedPartKind Kind, string Wire, ContextItem Item);

/// <summary>A request of a session: the parts before <paramref name="Count"/> are its prompt, those from there to <paramref name="AnswerEnd"/> its answer.</summary>
internal readonly record struct SessionRequest(int Count, int AnswerEnd);
