using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Running;

namespace Headroom.Cli.Doctor.Proxies;

/// <summary>Finds the proxies of this user: by the files they leave, and on the usual port.</summary>
internal static class ProxyFinder
{
    /// <summary>Files looked at; who has more has them left over.</summary>
    private const int MaxFiles = 64;

    public static async Task<IReadOnlyList<FoundProxy>> FindAsync(CancellationToken cancellationToken)
    {
        List<Task<FoundProxy?>> asked = [.. StateFile.Ports().Append(ProxySettings.DefaultPort).Distinct().Take(MaxFiles).Select(p => FindAsync(p, cancellationToken))];
        return [.. (await Task.WhenAll(asked).ConfigureAwait(false)).OfType<FoundProxy>()];
    }

    private static async Task<FoundProxy?> FindAsync(int port, CancellationToken cancellationToken)
    {
        string? file = StateFile.PathOf(port) is { } path && File.Exists(path) ? path : null;
        RunningProxy? left = file is null ? null : StateFile.Read(port);
        bool isAlive = left is not null && StateFile.IsRunning(left);
        string address = left?.Root ?? FormattableString.Invariant($"http://127.0.0.1:{port}");
        // A token is for the process that left it, not for who listens on its port now.
        ProxyAnswer answer = await ProxyProbe.AskAsync(address, ProxyProbe.Stats, isAlive ? left!.Token : null, ProxyProbe.Patience, cancellationToken).ConfigureAwait(false);
        // Without a file, only a proxy is of interest on the usual port.
        bool isFound = file is not null || answer.By is Answerer.Headroom or Answerer.HeadroomThatWantsAToken;
        return isFound ? new FoundProxy(address, file, answer, isAlive, left?.Wrap) : null;
    }
}
