namespace Headroom.Cli.Transcripts;

/// <summary>A file that is no transcript. The message says what it is taken for and what would be understood.</summary>
internal sealed class TranscriptException(string message) : Exception(message);
