namespace Headroom.Cli.Transcripts;

/// <summary>A recorded message. Parts may be added while a transcript is read, and never later.</summary>
/// <param name="role">Who wrote it.</param>
/// <param name="line">The line of the file it begins in, counted from 1; in a file of one JSON value, its place in the list.</param>
internal sealed class RecordedMessage(ItemRole role, int line)
{
    public ItemRole Role => role;

    public int Line => line;

    public List<RecordedPart> Parts { get; } = [];

    /// <summary>When it was written, where that is recorded.</summary>
    public DateTimeOffset? At { get; init; }

    public bool HasSameContent(RecordedMessage other) => Role == other.Role && Parts.SequenceEqual(other.Parts);
}
