namespace Headroom.Cli.Proxy.Running;

/// <summary>Asks a running proxy what it counted.</summary>
internal static class ProxyFigures
{
    /// <summary>One elsewhere may be far away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What it counted, as JSON.</summary>
    /// <param name="port">The port of a proxy on this machine.</param>
    /// <param name="url">The address of another one instead.</param>
    /// <param name="token">Its token; that of a proxy this user started is in its state file.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="CliException">No proxy answers.</exception>
    public static async Task<byte[]> AskAsync(int port, string? url, string? token, CancellationToken cancellationToken)
    {
        RunningProxy? left = url is null ? StateFile.Read(port) : null;
        string root = (url ?? left?.Root ?? FormattableString.Invariant($"http://127.0.0.1:{port}")).TrimEnd('/');
        string? own = left is not null && StateFile.IsRunning(left) ? left.Token : null; // for the process that left it, not for who listens there now
        ProxyAnswer answer = await ProxyProbe.AskAsync(root, ProxyProbe.Stats, token ?? own, Patience, cancellationToken).ConfigureAwait(false);
        return answer.Bytes ?? throw new CliException(answer.By switch
        {
            Answerer.HeadroomThatWantsAToken => $"the proxy on {root} wants its token. Give it with --token.",
            Answerer.AnotherProgram => $"what answers on {root} is no headroom proxy.",
            _ => $"no proxy answers on {root}. Start one with headroom proxy, or name its --port.",
        }, ExitCodes.CannotConnect);
    }

    /// <summary>The same of a proxy that is known; <see langword="null"/> where it does not answer.</summary>
    public static async Task<byte[]?> TryAsync(RunningProxy proxy, CancellationToken cancellationToken) =>
        (await ProxyProbe.AskAsync(proxy.Root, ProxyProbe.Stats, proxy.Token, Patience, cancellationToken).ConfigureAwait(false)).Bytes;
}
