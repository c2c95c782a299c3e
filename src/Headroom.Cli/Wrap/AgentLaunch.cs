using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Wrap;

/// <summary>How an agent has to be started so that it speaks to the proxy and can call the retrieval tool.</summary>
internal sealed record AgentLaunch
{
    /// <summary>All of its arguments: the user's, and ours where they have to stand.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Variables that are set for it, and those taken away (<see langword="null"/>); all others it inherits.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Files of the agent that have to change, only where arguments and variables cannot say it. They stay changed until <c>headroom unwrap</c>.</summary>
    public IReadOnlyList<FileChange> Files { get; init; } = [];

    /// <summary>What the user should know before it starts, a line each: what does not work with this agent, and what to do.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
