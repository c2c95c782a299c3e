using Headroom.Economics;

namespace Headroom.Cli.Transcripts;

/// <summary>A conversation of a transcript: its requests, oldest first.</summary>
/// <param name="Name">What tells it from the others of the file: a number, or the id of a sub-agent.</param>
/// <param name="Requests">One for every turn of the model.</param>
internal sealed record RecordedConversation(string Name, IReadOnlyList<RecordedRequest> Requests)
{
    /// <summary>What was reported for the whole conversation, where nothing was for its requests.</summary>
    public ReportedUsage? Total { get; init; }
}
