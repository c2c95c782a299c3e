using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Transcripts;

/// <summary>Finds out which format records are in, from what only that format writes.</summary>
internal static class FormatDetector
{
    /// <summary>Records looked at: sessions may begin with a few dozen lines that tell nothing.</summary>
    private const int Sample = 200;

    private static readonly string[] s_codex = ["session_meta", "response_item", "event_msg", "turn_context", "compacted", "world_state"];

    /// <summary>Early rollouts had the items without an envelope.</summary>
    private static readonly string[] s_codexItems =
        ["function_call", "function_call_output", "reasoning", "custom_tool_call", "custom_tool_call_output", "local_shell_call"];

    /// <summary>Lines a session may begin with that are no messages, and what tells them from other records of these types.</summary>
    private static readonly string[] s_claudeCode = ["system", "summary", "progress", "attachment", "file-history-snapshot", "queue-operation", "permission-mode"];

    private static readonly string[] s_claudeCodeIds = ["sessionId", "session_id", "leafUuid", "uuid", "messageId"];

    /// <summary>The format of the first record that tells; <see langword="null"/> where none does.</summary>
    public static TranscriptFormat? Detect(IEnumerable<TranscriptRecord> records) =>
        records.Take(Sample).Select(r => FormatOf(r.Value)).FirstOrDefault(f => f is not null);

    private static TranscriptFormat? FormatOf(JsonElement record)
    {
        if (record.IsArray("trajectory") || record.IsArray("history") || record.Has("trajectory_format")) return TranscriptFormat.SweAgent;
        string type = record.Text("type") ?? "";
        if (s_codex.Contains(type) && record.Object("payload") is not null) return TranscriptFormat.Codex;
        if (s_codexItems.Contains(type) || record.Text("record_type") is not null) return TranscriptFormat.Codex;
        if (type is "user" or "assistant" && record.Object("message") is not null) return TranscriptFormat.ClaudeCode;
        if (s_claudeCode.Contains(type) && Array.Exists(s_claudeCodeIds, id => record.Has(id))) return TranscriptFormat.ClaudeCode;
        bool isChat = record.Text("role") is not null || record.Items().Any(e => e.Text("role") is not null) || ChatReader.IsConversation(record);
        return isChat ? TranscriptFormat.Chat : null;
    }
}
