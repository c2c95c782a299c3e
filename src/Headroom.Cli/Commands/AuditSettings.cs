using Headroom.Cli.Audit;
using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Commands;

/// <summary>What the command line of <c>audit</c> asks for.</summary>
internal sealed record AuditSettings
{
    public const int DefaultTop = 10;

    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The format of all files; <see langword="null"/> to find out.</summary>
    public TranscriptFormat? Format { get; init; }

    public AuditOptions Options { get; init; } = new();

    public int Top { get; init; } = DefaultTop;

    public bool Json { get; init; }

    /// <summary>The page to write.</summary>
    public string? Html { get; init; }
}
