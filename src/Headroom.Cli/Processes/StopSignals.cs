using System.Runtime.InteropServices;

namespace Headroom.Cli.Processes;

/// <summary>While it lives, a signal that would end this process lets it end in order instead.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public StopSignals()
    {
        Take(PosixSignal.SIGINT, UnixSystem.Interrupt);
        Take(PosixSignal.SIGTERM, UnixSystem.Terminate);
        if (!OperatingSystem.IsWindows()) Take(PosixSignal.SIGHUP, UnixSystem.HangUp);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What a shell reports for a process ended by the signal that came.</summary>
    public int ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Take(PosixSignal signal, int number) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        ExitCode = 128 + number;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is ending already.
        }
    }));
}
