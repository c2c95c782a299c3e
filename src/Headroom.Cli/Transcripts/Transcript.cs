namespace Headroom.Cli.Transcripts;

/// <summary>What a file holds.</summary>
/// <param name="Format">The format it is in.</param>
/// <param name="Conversations">Its conversations that have at least one turn of a model.</param>
/// <param name="BrokenLines">Lines that are not JSON, or not of the form their format asks for.</param>
/// <param name="FirstBroken">The first of them, counted from 1; 0 when there is none.</param>
internal sealed record Transcript(TranscriptFormat Format, IReadOnlyList<RecordedConversation> Conversations, int BrokenLines, int FirstBroken);
