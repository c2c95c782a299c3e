namespace Headroom.Cli.Mcp.Gateway;

/// <summary>A call of a tool whose result is still to come.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">Its arguments, as JSON.</param>
internal sealed record ToolCall(string Tool, string? Arguments);
