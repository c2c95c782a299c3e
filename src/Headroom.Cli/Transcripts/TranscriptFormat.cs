namespace Headroom.Cli.Transcripts;

/// <summary>The formats of recorded conversations that are understood. docs/audit.md says which versions were read.</summary>
internal enum TranscriptFormat
{
    /// <summary>Chat messages, alone or in the requests they were sent in, as OpenAI's and Anthropic's interfaces write them.</summary>
    Chat,

    /// <summary>Session files of Claude Code, and what its command line streams.</summary>
    ClaudeCode,

    /// <summary>Rollout files of Codex.</summary>
    Codex,

    /// <summary>Trajectories of SWE-agent and mini-SWE-agent.</summary>
    SweAgent,
}

/// <summary>The names of the formats on the command line and in reports.</summary>
internal static class TranscriptFormats
{
    private static readonly (TranscriptFormat Format, string Name)[] Names =
    [
        (TranscriptFormat.Chat, "chat"), (TranscriptFormat.ClaudeCode, "claude-code"), (TranscriptFormat.Codex, "codex"), (TranscriptFormat.SweAgent, "swe-agent"),
    ];

    public static IEnumerable<string> All => Names.Select(n => n.Name);

    public static string NameOf(TranscriptFormat format) => Names.First(n => n.Format == format).Name;

    /// <summary>The format of a name; <see langword="null"/> for any other word.</summary>
    public static TranscriptFormat? Find(string? name) => Names.Where(n => n.Name == name).Select(n => (TranscriptFormat?)n.Format).FirstOrDefault();
}
