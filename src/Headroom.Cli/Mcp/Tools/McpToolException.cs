namespace Headroom.Cli.Mcp.Tools;

/// <summary>A call that cannot be answered. The message says what is wrong and what to do instead, for the model.</summary>
internal sealed class McpToolException(string message) : Exception(message);
