namespace Headroom.Cli.Transcripts;

/// <summary>What a part of a recorded message is.</summary>
internal enum RecordedPartKind
{
    /// <summary>Text of whoever wrote the message.</summary>
    Text,

    /// <summary>Reasoning the model shows.</summary>
    Reasoning,

    /// <summary>A tool call.</summary>
    Call,

    /// <summary>The result of a tool call.</summary>
    Result,
}

/// <summary>A part of a recorded message that is text to a model. Images, encrypted reasoning and the like are not kept.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text; of a call, its arguments as the model wrote them.</param>
internal sealed record RecordedPart(RecordedPartKind Kind, string Text)
{
    /// <summary>The tool called; of a result only where the transcript itself says so.</summary>
    public string? Name { get; init; }

    /// <summary>What ties a result to its call.</summary>
    public string? CallId { get; init; }

    /// <summary>Whether the tool reported an error.</summary>
    public bool IsError { get; init; }

    /// <summary>What a model reads of the part: of a call the name as well.</summary>
    public string Wire => Kind == RecordedPartKind.Call ? Name + Text : Text;
}
