using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Transcripts;

/// <summary>Why the history of a request is not simply the one before it and what came since.</summary>
internal enum HistoryChange
{
    /// <summary>It goes on from where it was.</summary>
    None,

    /// <summary>The agent replaced the history by a summary.</summary>
    Compacted,

    /// <summary>The user went back to an earlier message and went on from there.</summary>
    Branched,

    /// <summary>Earlier messages differ from what was sent before.</summary>
    Edited,
}

/// <summary>A request to a model, as the transcript lets it be put together again: the history at that time, and the answer.</summary>
internal sealed class RecordedRequest
{
    /// <summary>Messages of the conversation, of which the first <see cref="Count"/> were sent. Requests that go on from each other share the list.</summary>
    public required IReadOnlyList<RecordedMessage> History { get; init; }

    public required int Count { get; init; }

    /// <summary>What the model answered.</summary>
    public required RecordedMessage Answer { get; init; }

    public HistoryChange Change { get; init; }

    /// <summary>The tools declared, each as one text; empty where the transcript does not say.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    public DateTimeOffset? At { get; init; }

    public string? Model { get; set; }

    /// <summary>What the provider reported for this request.</summary>
    public WireUsage? Usage { get; set; }
}
