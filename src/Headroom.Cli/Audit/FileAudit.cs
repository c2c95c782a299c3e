using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Audit;

/// <summary>What became of one file: its conversations, or why there are none.</summary>
/// <param name="Name">The file, or <c>stdin</c>.</param>
internal sealed record FileAudit(string Name)
{
    /// <summary>The format it was read as; <see langword="null"/> where it could not be read.</summary>
    public TranscriptFormat? Format { get; init; }

    public IReadOnlyList<ConversationAudit> Conversations { get; init; } = [];

    public int BrokenLines { get; init; }

    /// <summary>The first broken line, counted from 1.</summary>
    public int FirstBroken { get; init; }

    /// <summary>Why it could not be audited; <see langword="null"/> where it was.</summary>
    public string? Problem { get; init; }

    /// <summary>The exit code that goes with the problem.</summary>
    public int ExitCode { get; init; }
}
