using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Headroom.Cli.Processes;

/// <summary>While it lives, signals that would end this process go to a child instead: this process ends when the child has.</summary>
internal sealed class SignalForwarding : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _alone = new();
    private readonly Process _child;

    /// <param name="child">A running process.</param>
    public SignalForwarding(Process child)
    {
        _child = child;
        Take(PosixSignal.SIGINT, UnixSystem.Interrupt, isTyped: true);
        Take(PosixSignal.SIGTERM, UnixSystem.Terminate, isTyped: false);
        if (OperatingSystem.IsWindows()) return;
        Take(PosixSignal.SIGQUIT, UnixSystem.Quit, isTyped: true);
        Take(PosixSignal.SIGHUP, UnixSystem.HangUp, isTyped: false);
    }

    /// <summary>The last signal that came, as its number; 0 for none.</summary>
    public int Last { get; private set; }

    /// <summary>Cancelled by a signal that comes when the child has ended, and that is meant for us alone.</summary>
    public CancellationToken Alone => _alone.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _alone.Dispose();
    }

    private void Take(PosixSignal signal, int number, bool isTyped) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // not the end of this process
        Last = number;
        Forward(number, isTyped);
    }));

    private void Forward(int number, bool isTyped)
    {
        try
        {
            if (_child.HasExited)
            {
                _alone.Cancel();
            }
            else if (OperatingSystem.IsWindows())
            {
                // A console gives Ctrl-C to every process on it, and Windows knows no gentler way to end one than to end it.
                if (!isTyped) _child.Kill(entireProcessTree: true);
            }
            else if (!isTyped || !UnixSystem.IsInForeground())
            {
                // What is typed at a terminal reaches the child too, and a second Ctrl-C makes many programs give up what they are saving.
                UnixSystem.Send(_child.Id, number);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The child, or what waits for it, ended in this moment.
        }
    }
}
