namespace Headroom.Cli.Proxy.Bodies;

/// <summary>What became of a request body.</summary>
/// <param name="Prompt">What it asks to read; <see langword="null"/> where it could not be read.</param>
/// <param name="Outcomes">One outcome an item of the prompt; empty where there are none.</param>
/// <param name="Body">What to send instead; <see langword="null"/> where the body goes on as it came.</param>
internal sealed record RewrittenRequest(Prompt? Prompt, IReadOnlyList<ItemOutcome> Outcomes, SplicedBody? Body)
{
    /// <summary>A body that is not understood.</summary>
    public static RewrittenRequest Unread { get; } = new(null, [], null);
}
