using System.Net;

namespace Headroom.Cli.Proxy;

/// <summary>What the command line of <c>proxy</c> asks for, checked.</summary>
internal sealed record ProxySettings
{
    public const int DefaultPort = 8787;

    /// <summary>The longest body whose tool results are looked for, in megabytes: twice what Anthropic takes.</summary>
    public const int DefaultMaxBody = 64;

    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>What every request has to bring; <see langword="null"/> for nothing.</summary>
    public string? Token { get; init; }

    public Upstreams Upstreams { get; init; } = Upstreams.Default;

    public HeadroomOptions Options { get; init; } = new();

    /// <summary>The file originals are kept in, by its full path, for those who want to read the same; <see langword="null"/> for none.</summary>
    public string? Store { get; init; }

    /// <summary>The agent it ends with, where <c>headroom wrap</c> starts it; <see langword="null"/> for one that runs by itself.</summary>
    public string? Wrap { get; init; }

    /// <summary>Longer bodies pass unread, in bytes.</summary>
    public int MaxBody { get; init; } = DefaultMaxBody * 1024 * 1024;
}
