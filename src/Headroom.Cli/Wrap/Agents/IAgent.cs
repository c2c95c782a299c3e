using Headroom.Cli.Proxy;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>What one agent needs. Pure: it reads files of the agent's settings, and changes nothing.</summary>
internal interface IAgent
{
    /// <summary>What the user calls it: <c>claude</c>.</summary>
    string Name { get; }

    /// <summary>What people call it: <c>Claude Code</c>.</summary>
    string Title => Name;

    /// <summary>The program, as it is found on the <c>PATH</c>.</summary>
    string Command { get; }

    /// <summary>How it is installed, in a few words; <see langword="null"/> where we do not know.</summary>
    string? Installation => null;

    /// <summary>Whether it sends requests from this machine, so that a proxy on it can stand in.</summary>
    bool UsesProxy => true;

    /// <summary>Whether it can be told an MCP server.</summary>
    bool UsesServer => true;

    /// <summary>The files it finds MCP servers in, whether they are there or not; none where it knows no servers.</summary>
    IEnumerable<string> ServerFiles(AgentContext context) => [];

    /// <summary>How our MCP server is registered with it for good, in a few words; <see langword="null"/> where it cannot be.</summary>
    string? Registration => null;

    /// <summary>What to do by hand where its program is not found, a line each; none where it has to be installed.</summary>
    IReadOnlyList<string> ByHand(HeadroomServices services) => [];

    /// <summary>Where its requests go without us, which is where the proxy has to send them.</summary>
    /// <exception cref="CliException">It is set up in a way the proxy cannot stand in, such as a provider that signs requests.</exception>
    Upstreams FindUpstreams(AgentContext context);

    /// <summary>How it has to be started.</summary>
    AgentLaunch Prepare(AgentContext context, HeadroomServices services);
}
