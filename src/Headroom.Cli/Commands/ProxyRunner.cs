using System.Runtime.InteropServices;
using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Running;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Commands;

/// <summary>Runs <c>headroom proxy</c> until it is told to stop.</summary>
internal static class ProxyRunner
{
    public static async Task<int> RunAsync(ProxySettings settings, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using DeferredOriginalStore? store = settings.Store is { } file ? new DeferredOriginalStore(file, Console.Error) : null;
        ProxyHost host = await ProxyHost.StartAsync(settings, store, Talk.Say, stop.Token).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            var running = new RunningProxy(host.Address, settings.Token, Environment.ProcessId);
            StateFile.Write(running);
            Talk.Say($"proxy on {Address(running.Address)}, figures on {Address(running.Address)}/headroom/ (Ctrl-C stops it)");
            if (settings.Store is null && settings.Options is { MayElide: true, Shadow: false })
                Talk.Say("this user has no data folder to keep originals in, so nothing is cut. Name a file with --store FILE.");
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            StateFile.Remove(running);
        }

        return ExitCodes.Success;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested; // the second one ends it at once
            stop.Cancel();
        }
    }

    private static string Address(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
