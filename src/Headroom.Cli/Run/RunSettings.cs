namespace Headroom.Cli.Run;

/// <summary>What the command line of <c>run</c> asks for.</summary>
internal sealed record RunSettings
{
    public required IReadOnlyList<string> Command { get; init; }

    public CompressionMode Mode { get; init; } = CompressionMode.Balanced;

    public string? Query { get; init; }

    public string? Store { get; init; }

    public bool Json { get; init; }

    /// <summary>Whether the output is printed while the command runs.</summary>
    public bool Stream { get; init; }

    public bool MergeStderr { get; init; }
}
