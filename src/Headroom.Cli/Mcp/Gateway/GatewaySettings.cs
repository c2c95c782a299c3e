using System.Net;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>What the command line of <c>mcp gateway</c> asks for, checked.</summary>
internal sealed record GatewaySettings
{
    /// <summary>The server to start, and its arguments; empty where there is a <see cref="Url"/>.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The server to connect to.</summary>
    public Uri? Url { get; init; }

    /// <summary>Headers of requests to <see cref="Url"/>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Where to serve over Streamable HTTP; <see langword="null"/> serves over stdio.</summary>
    public IPEndPoint? Listen { get; init; }

    public CompressionMode Mode { get; init; } = CompressionMode.Balanced;

    public StructuredPolicy Structured { get; init; }

    /// <summary>How far compression may go with the results of a tool, or of all whose names begin so: <c>read_*</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, ToolPolicy>> Tools { get; init; } = [];

    public string? Store { get; init; }
}
