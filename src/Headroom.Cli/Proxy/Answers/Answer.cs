using Headroom.Economics;

namespace Headroom.Cli.Proxy.Answers;

/// <summary>What a provider reported about an answer, and which of Headroom's tools the answer calls. Holds no content but that of retrieval calls.</summary>
internal sealed record Answer
{
    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>What the provider calls the answer.</summary>
    public string? Id { get; init; }

    /// <summary>What the provider reported; <see langword="null"/> when it reported nothing.</summary>
    public ReportedUsage? Usage { get; init; }

    /// <summary>Calls of the retrieval tool, name and arguments, to be counted.</summary>
    public IReadOnlyList<string> RetrievalCalls { get; init; } = [];

    /// <summary>Whether it calls other tools.</summary>
    public bool HasOtherCalls { get; init; }
}
