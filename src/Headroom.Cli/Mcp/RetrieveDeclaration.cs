using System.Buffers;
using System.Text;
using Headroom.Cli.Wire;
using Headroom.Retrieval;

namespace Headroom.Cli.Mcp;

/// <summary>How MCP clients are told of the retrieval tool: the same words as at every other front door.</summary>
internal static class RetrieveDeclaration
{
    /// <summary>The tool as it stands in <c>tools/list</c>.</summary>
    public static byte[] Json { get; } = Write();

    private static byte[] Write()
    {
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"name\":"u8);
        JsonText.Write(json, RetrievalTool.Name);
        json.Write(",\"description\":"u8);
        JsonText.Write(json, RetrievalTool.Description);
        json.Write(",\"inputSchema\":"u8);
        json.Write(Encoding.UTF8.GetBytes(RetrievalTool.ParametersSchema));
        json.Write(",\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false}}"u8);
        return json.WrittenSpan.ToArray();
    }
}
