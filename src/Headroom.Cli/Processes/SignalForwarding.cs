using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Headroom.Cli.Processes;

/// <summary>While it lives, signals that would end this process go to a child instead: this process ends when the child has. Made before the child is started, so that none is missed.</summary>
internal sealed class SignalForwarding : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly List<(int Number, bool IsTyped)> _early = [];
    private readonly CancellationTokenSource _alone = new();
    private Process? _child;

    public SignalForwarding()
    {
        Take(PosixSignal.SIGINT, UnixSystem.Interrupt, isTyped: true);
        Take(PosixSignal.SIGTERM, UnixSystem.Terminate, isTyped: false);
        if (OperatingSystem.IsWindows()) return;
        Take(PosixSignal.SIGQUIT, UnixSystem.Quit, isTyped: true);
        Take(PosixSignal.SIGHUP, UnixSystem.HangUp, isTyped: false);
    }

    /// <summary>Cancelled by a signal that comes when the child has ended, and that is meant for us alone.</summary>
    public CancellationToken Alone => _alone.Token;

    /// <summary>Says who gets the signals from now on; those that came before, it gets now.</summary>
    public void To(Process child)
    {
        lock (_lock)
        {
            _child = child;
            foreach ((int number, bool isTyped) in _early) Forward(child, number, isTyped);
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _alone.Dispose();
    }

    private void Take(PosixSignal signal, int number, bool isTyped) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // not the end of this process
        lock (_lock)
        {
            if (_child is null) _early.Add((number, isTyped));
            else Forward(_child, number, isTyped);
        }
    }));

    private void Forward(Process child, int number, bool isTyped)
    {
        try
        {
            if (child.HasExited)
            {
                _alone.Cancel();
            }
            else if (OperatingSystem.IsWindows())
            {
                // A console gives Ctrl-C to every process on it, and Windows knows no gentler way to end one than to end it.
                if (!isTyped) child.Kill(entireProcessTree: true);
            }
            else if (!isTyped || !UnixSystem.IsInForeground())
            {
                // What is typed at a terminal reaches the child too, and a second Ctrl-C makes many programs give up what they are saving.
                UnixSystem.Send(child.Id, number);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The child, or what waits for it, ended in this moment.
        }
    }
}
