namespace Headroom.Evals.Policies;

/// <summary>Decides what is sent of a conversation.</summary>
/// <param name="name">How the table names it.</param>
internal abstract class ContextPolicy(string name)
{
    public string Name => name;

    /// <summary>What a request sends: one text a part of its prompt.</summary>
    /// <param name="session">The session.</param>
    /// <param name="request">The number of the request.</param>
    public abstract Task<string[]> SendAsync(RecordedSession session, int request);

    protected static string[] AsRecorded(RecordedSession session, int request) =>
        [.. session.Parts.Take(session.Requests[request].Count).Select(p => p.Wire)];
}
