using System.Text.Json;

namespace Headroom.Cli.Transcripts;

/// <summary>Finds out which format records are in, from what only that format writes.</summary>
internal static class FormatDetector
{
    /// <summary>Records looked at: sessions may begin with a few dozen lines that tell nothing.</summary>
    private const int Sample = 200;

    /// <summary>The format of the first record that tells; <see langword="null"/> where none does.</summary>
    public static TranscriptFormat? Detect(IEnumerable<TranscriptRecord> records) =>
        records.Take(Sample).Select(r => FormatOf(r.Value)).FirstOrDefault(f => f is not null);

    private static TranscriptFormat? FormatOf(JsonElement record)
    {
        if (record.IsArray("trajectory") || record.IsArray("history") || record.Has("trajectory_format")) return TranscriptFormat.SweAgent;
        string? type = record.Text("type");
        if (type is not null && (record.Object("payload") is not null && IsCodex(type) || IsOldCodex(type))) return TranscriptFormat.Codex;
        if (record.Text("record_type") is not null) return TranscriptFormat.Codex;
        if (type is "user" or "assistant" && record.Object("message") is not null) return TranscriptFormat.ClaudeCode;
        if (type is "system" or "summary" or "progress" or "attachment" or "file-history-snapshot" or "queue-operation" or "permission-mode"
            && (record.Has("sessionId") || record.Has("session_id") || record.Has("leafUuid") || record.Has("uuid") || record.Has("messageId")))
            return TranscriptFormat.ClaudeCode;
        return record.Text("role") is not null || record.Items().Any(e => e.Text("role") is not null) || ChatReader.IsConversation(record) ? TranscriptFormat.Chat : null;
    }

    private static bool IsCodex(string type) => type is "session_meta" or "response_item" or "event_msg" or "turn_context" or "compacted" or "world_state";

    /// <summary>Early rollouts had the items without an envelope.</summary>
    private static bool IsOldCodex(string type) => type is "function_call" or "function_call_output" or "reasoning" or "custom_tool_call" or "custom_tool_call_output" or "local_shell_call";
}
