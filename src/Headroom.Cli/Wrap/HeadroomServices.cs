namespace Headroom.Cli.Wrap;

/// <summary>What an agent is to be told of: both answer already.</summary>
/// <param name="Proxy">The proxy's address, and the path of its token where it wants one; without a slash at the end.</param>
/// <param name="McpServer">The command line of the MCP server that brings originals back; <see langword="null"/> where the user wants none, or nothing is ever cut.</param>
internal sealed record HeadroomServices(string Proxy, IReadOnlyList<string>? McpServer);
