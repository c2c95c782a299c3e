namespace Headroom.Cli.Help;

/// <summary>Commands that serve one end, as the help of the tool lists them.</summary>
/// <param name="Title">The end.</param>
/// <param name="Commands">Their names, the most usual first.</param>
internal sealed record CommandGroup(string Title, params IReadOnlyList<string> Commands)
{
    public static IReadOnlyList<CommandGroup> All { get; } =
    [
        new("Make texts smaller, and bring them back", "compress", "expand", "retrieve", "run"),
        new("Stand between an agent and what it talks to", "wrap", "unwrap", "proxy", "mcp"),
        new("See what it does", "stats", "audit", "doctor"),
        new("Set up", "store", "completion"),
    ];
}
