namespace Headroom.Cli.Transcripts;

/// <summary>Reads recorded conversations of any format that is understood.</summary>
internal static class TranscriptReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="format">Its format; <see langword="null"/> to find out.</param>
    /// <exception cref="TranscriptException">It is no transcript.</exception>
    public static Transcript Read(byte[] bytes, TranscriptFormat? format = null)
    {
        ReadOnlySpan<byte> text = bytes.AsSpan().Trim(" \t\r\n"u8);
        if (text.IsEmpty) throw new TranscriptException("it is empty");
        if (text[..Math.Min(text.Length, 8_000)].Contains((byte)0)) throw new TranscriptException("it is not text");
        var records = new TranscriptRecords(bytes);
        TranscriptFormat found = format ?? FormatDetector.Detect(records.Read()) ?? throw new TranscriptException(records.Read().Any()
            ? "it is JSON, but holds no conversation of a format that is known (docs/audit.md)"
            : "it is not JSON, in whole or line by line");
        List<RecordedConversation> conversations = found switch
        {
            TranscriptFormat.ClaudeCode => new ClaudeCodeReader(records).Read(),
            TranscriptFormat.Codex => new CodexReader(records).Read(),
            TranscriptFormat.SweAgent => new SweAgentReader(records).Read(),
            _ => new ChatReader(records).Read(),
        };
        conversations.RemoveAll(c => c.Requests.Count == 0);
        if (conversations.Count == 0) throw new TranscriptException($"it is taken for {TranscriptFormats.NameOf(found)}, but holds no turn of a model");
        return new Transcript(found, conversations, records.BrokenLines, records.FirstBroken);
    }
}
