using System.Diagnostics;
using System.Globalization;
using Headroom.Cli.Proxy;

namespace Headroom.Cli.Doctor.Proxies;

/// <summary>Finds the proxies of this user: by the files they leave, and on the usual port.</summary>
internal static class ProxyFinder
{
    /// <summary>Files looked at; who has more has them left over.</summary>
    private const int MaxFiles = 64;

    /// <summary>The start of a process is known to a hundredth of a second, and by a clock that may have been set since.</summary>
    private static readonly TimeSpan s_clockSteps = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<FoundProxy>> FindAsync(CancellationToken cancellationToken)
    {
        List<Task<FoundProxy?>> asked = [.. Ports().Append(ProxySettings.DefaultPort).Distinct().Take(MaxFiles).Select(p => FindAsync(p, cancellationToken))];
        return [.. (await Task.WhenAll(asked).ConfigureAwait(false)).OfType<FoundProxy>()];
    }

    private static async Task<FoundProxy?> FindAsync(int port, CancellationToken cancellationToken)
    {
        string? file = StateFile.PathOf(port) is { } path && File.Exists(path) ? path : null;
        RunningProxy? left = file is null ? null : StateFile.Read(port);
        bool isAlive = left is not null && StateFile.IsRunning(left) && !IsYounger(left.ProcessId, file!);
        string address = left?.Address.GetLeftPart(UriPartial.Authority) ?? FormattableString.Invariant($"http://127.0.0.1:{port}");
        // A token is for the process that left it, not for who listens on its port now.
        ProxyAnswer answer = await ProxyProbe.AskAsync(address, isAlive ? left!.Token : null, cancellationToken).ConfigureAwait(false);
        // Without a file, only a proxy is of interest on the usual port.
        bool isFound = file is not null || answer.By is Answerer.Headroom or Answerer.HeadroomThatWantsAToken;
        return isFound ? new FoundProxy(address, file, answer, isAlive, left?.Wrap) : null;
    }

    /// <summary>Whether a process began after a file was written: then it has the number of the one that wrote it, and nothing else of it.</summary>
    private static bool IsYounger(int process, string file)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime() > File.GetLastWriteTimeUtc(file) + s_clockSteps;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException or System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IEnumerable<int> Ports()
    {
        if (Path.GetDirectoryName(StateFile.PathOf(0)) is not { } folder || !Directory.Exists(folder)) yield break;
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535) yield return port;
        }
    }
}
