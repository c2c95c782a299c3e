using Headroom.Retrieval;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Knows Headroom's own tools by the names agents give them: <c>mcp__headroom__headroom_retrieve</c>, <c>headroom.headroom_retrieve</c>.</summary>
internal static class HeadroomTools
{
    private static readonly string[] Names = [RetrievalTool.Name, "headroom_compress", "headroom_stats"];

    /// <summary>Whether a tool is the one that brings originals back.</summary>
    public static bool IsRetrieval(string? name) => Is(name, RetrievalTool.Name);

    /// <summary>Whether a tool would not be there without Headroom.</summary>
    public static bool IsOurs(string? name) => Array.Exists(Names, n => Is(name, n));

    /// <summary>A name itself, or behind the name of a server and a mark that keeps the two apart.</summary>
    private static bool Is(string? name, string tool) =>
        name is not null && name.EndsWith(tool, StringComparison.Ordinal)
        && (name.Length == tool.Length || name[^(tool.Length + 1)] is '_' or '-' or '.' or ':' or '/');
}
