using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace Headroom.Cli.Mcp;

/// <summary>How the SDK reads and writes its own types.</summary>
internal static class McpJson
{
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
