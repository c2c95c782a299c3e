using System.Diagnostics;
using Headroom.Cli.Processes;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>An MCP server that runs as a child of this process. Its stderr is ours.</summary>
internal sealed class ServerProcess : IMessageChannel
{
    /// <summary>What a server gets to end in when its input has ended, and once more when it was asked to: less than clients give us.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly Process _process;
    private readonly LineChannel _lines;
    private int _isEnding;

    /// <summary>Starts it.</summary>
    /// <param name="command">The server and its arguments.</param>
    /// <exception cref="CliException">It cannot be started.</exception>
    public ServerProcess(IReadOnlyList<string> command)
    {
        _process = ChildProcess.Start(command, redirectStdin: true);
        _lines = new LineChannel(_process.StandardOutput.BaseStream, _process.StandardInput.BaseStream);
    }

    /// <summary>How it ended.</summary>
    public int ExitCode => _process.ExitCode;

    public ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken) => _lines.ReceiveAsync(cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => _lines.SendAsync(message, cancellationToken);

    /// <summary>Ends the server as the protocol says: its input ends, then it is asked to end, then it is ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0) return;
        await _lines.DisposeAsync().ConfigureAwait(false);
        if (await HasEndedAsync().ConfigureAwait(false)) return;
        if (!OperatingSystem.IsWindows()) UnixSystem.Send(_process.Id, UnixSystem.Terminate);
        if (!OperatingSystem.IsWindows() && await HasEndedAsync().ConfigureAwait(false)) return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    private async Task<bool> HasEndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
