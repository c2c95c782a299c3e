using System.Buffers;
using System.Globalization;
using System.Text;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Responses that are the gateway's own.</summary>
internal static class RpcAnswers
{
    /// <summary>The result of a tool that is one text.</summary>
    /// <param name="id">The id as the client spelled it.</param>
    /// <param name="text">The text.</param>
    /// <param name="isError">Whether the tool failed.</param>
    /// <param name="isTyped">Whether the protocol version at hand wants results to name their type: 2026-07-28 and later.</param>
    public static ReadOnlyMemory<byte> Text(ReadOnlySpan<byte> id, string text, bool isError, bool isTyped)
    {
        var json = new ArrayBufferWriter<byte>(text.Length + 256);
        Begin(json, id);
        json.Write(",\"result\":{"u8);
        if (isTyped) json.Write("\"resultType\":\"complete\","u8);
        json.Write("\"content\":[{\"type\":\"text\",\"text\":"u8);
        JsonText.Write(json, text);
        json.Write("}]"u8);
        if (isError) json.Write(",\"isError\":true"u8);
        json.Write("}}"u8);
        return json.WrittenMemory;
    }

    /// <summary>An error response.</summary>
    public static ReadOnlyMemory<byte> Error(ReadOnlySpan<byte> id, int code, string message)
    {
        var json = new ArrayBufferWriter<byte>();
        Begin(json, id);
        json.Write(",\"error\":{\"code\":"u8);
        json.Write(Encoding.UTF8.GetBytes(code.ToString(CultureInfo.InvariantCulture)));
        json.Write(",\"message\":"u8);
        JsonText.Write(json, message);
        json.Write("}}"u8);
        return json.WrittenMemory;
    }

    private static void Begin(ArrayBufferWriter<byte> json, ReadOnlySpan<byte> id)
    {
        json.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        json.Write(id);
    }
}
