namespace Headroom.Cli.Commands;

/// <summary>What the command line of <c>compress</c> asks for.</summary>
internal sealed record CompressSettings
{
    public IReadOnlyList<string> Files { get; init; } = [];

    public CompressionMode Mode { get; init; } = CompressionMode.Balanced;

    public string? Query { get; init; }

    public string? Tool { get; init; }

    public string? Store { get; init; }

    public bool Json { get; init; }

    public bool NoRetrieval { get; init; }

    public bool Ndjson { get; init; }

    public bool Conversations { get; init; }

    public int? ContextWindow { get; init; }

    public bool Explain { get; init; }
}
