namespace Headroom.Cli.Wrap.Agents;

/// <summary>The agents <c>headroom wrap</c> knows by name. A new one is a class, a line here, and a row in docs/wrap-agents.md.</summary>
internal static class KnownAgents
{
    public static IReadOnlyList<IAgent> All { get; } =
    [
        new Cursor(),
    ];

    /// <summary>The agent of a name; <see langword="null"/> for none.</summary>
    public static IAgent? Find(string name) => All.FirstOrDefault(a => a.Name == name);
}
