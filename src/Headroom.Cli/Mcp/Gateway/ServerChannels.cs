using Headroom.Cli.Mcp.Gateway.Http;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Opens the server's side: a process, or a connection.</summary>
internal static class ServerChannels
{
    /// <param name="settings">Which server.</param>
    /// <param name="authorization">What the client gave to be let in; it is meant for the server.</param>
    /// <param name="talk">Where failures are told.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public static async Task<IMessageChannel> OpenAsync(GatewaySettings settings, string? authorization, TextWriter talk, CancellationToken cancellationToken)
    {
        if (settings.Url is null) return new ServerProcess(settings.Command);
        var headers = new Dictionary<string, string>(settings.Headers, StringComparer.OrdinalIgnoreCase);
        if (authorization is not null) headers.TryAdd("Authorization", authorization);
        return await HttpServerChannel.ConnectAsync(settings.Url, headers, talk, cancellationToken).ConfigureAwait(false);
    }
}
