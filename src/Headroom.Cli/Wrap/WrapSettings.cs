using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Wrap;

/// <summary>What the command line of <c>wrap</c> asks for.</summary>
internal sealed record WrapSettings
{
    public required IAgent Agent { get; init; }

    /// <summary>The arguments the user gives the agent.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The port the user wants the proxy on; <see langword="null"/> for any, the proxy's usual one first.</summary>
    public int? Port { get; init; }

    public HeadroomOptions Options { get; init; } = new();

    /// <summary>The file of the originals, if one was given.</summary>
    public string? Store { get; init; }

    /// <summary>Whether the agent is told no MCP server; then nothing is cut, unless it has one already.</summary>
    public bool NoMcp { get; init; }

    /// <summary>Whether only to say what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether to keep what was saved to ourselves.</summary>
    public bool Quiet { get; init; }
}
