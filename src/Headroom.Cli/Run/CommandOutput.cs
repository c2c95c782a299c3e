using System.Diagnostics;

namespace Headroom.Cli.Run;

/// <summary>Collects what a command writes, up to a bound; an output that is longer goes on as it comes.</summary>
internal sealed class CommandOutput(Process command)
{
    /// <summary>Longer outputs are not compressed: a bound on memory, and three orders of magnitude beyond what agents take from a command.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>How long a command that has ended may leave its output open to what it started: a pipe is emptied long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Stream _source = command.StandardOutput.BaseStream;

    /// <summary>Whether something the command started still held its output when it was no longer waited for.</summary>
    public bool IsHeldOpen { get; private set; }

    /// <summary>Reads until the command has ended and its output is closed.</summary>
    /// <param name="overflow">Takes an output beyond the bound: all of it, in order; says whether it is still wanted.</param>
    /// <param name="cancellationToken">Ends the reading early; what was read stays.</param>
    /// <returns>The whole output; <see langword="null"/> when <paramref name="overflow"/> took it.</returns>
    public async Task<byte[]?> ReadAsync(Func<ReadOnlyMemory<byte>, bool> overflow, CancellationToken cancellationToken)
    {
        Task exited = command.WaitForExitAsync(CancellationToken.None);
        Task cancelled = Task.Delay(Timeout.Infinite, cancellationToken);
        MemoryStream? whole = new();
        byte[] buffer = new byte[64 * 1024];
        while (await NextAsync(buffer, exited, cancelled).ConfigureAwait(false) is > 0 and int read)
        {
            ReadOnlyMemory<byte> piece = buffer.AsMemory(0, read);
            if (whole is not null)
            {
                whole.Write(piece.Span);
                if (whole.Length <= MaxBytes) continue;
                piece = whole.GetBuffer().AsMemory(0, (int)whole.Length);
                whole = null;
            }

            if (overflow(piece)) continue;
            await _source.DisposeAsync().ConfigureAwait(false); // what the command writes from now on ends it, as at the end of any pipe
            break;
        }

        await exited.ConfigureAwait(false);
        return whole?.ToArray();
    }

    /// <summary>How many bytes were read; 0 at the end, which is also when the command has ended and nothing came for a while.</summary>
    private async Task<int> NextAsync(byte[] buffer, Task exited, Task cancelled)
    {
        Task<int> read = _source.ReadAsync(buffer, CancellationToken.None).AsTask();
        await Task.WhenAny(read, exited, cancelled).ConfigureAwait(false);
        if (!read.IsCompleted) await Task.WhenAny(read, cancelled, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false);
        if (read.IsCompleted) return await read.ConfigureAwait(false);
        IsHeldOpen = true;
        return 0;
    }
}
