namespace Headroom.Cli.Mcp.Gateway;

/// <summary>A request of the client's that is not answered yet.</summary>
/// <param name="Key">Its id, as <see cref="RpcMessage.Key"/> spells it.</param>
/// <param name="Id">Its id as the client spelled it.</param>
/// <param name="Method">Its method.</param>
/// <param name="Call">The call whose result answers it, if it is one of a tool.</param>
/// <param name="KnowsStructured">Whether the protocol version at hand knows structured content.</param>
internal sealed record OpenRequest(string Key, ReadOnlyMemory<byte> Id, string Method, ToolCall? Call, bool KnowsStructured);
