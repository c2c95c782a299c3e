using System.Diagnostics;

namespace Headroom.Cli.Run;

/// <summary>Reads what a command writes, until it has ended and its output is closed.</summary>
internal sealed class CommandOutput(Process command)
{
    /// <summary>Longer outputs are not compressed: a bound on memory, and three orders of magnitude beyond what agents take from a command.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>How long a command that has ended may leave its output open to what it started: a pipe is emptied long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Stream _source = command.StandardOutput.BaseStream;
    private readonly Task _exited = command.WaitForExitAsync(CancellationToken.None);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Task<int>? _read;

    /// <summary>Whether something the command started still held its output when it was no longer waited for.</summary>
    public bool IsHeldOpen { get; private set; }

    /// <summary>Collects all of it, up to a bound.</summary>
    /// <param name="overflow">Takes an output beyond the bound: all of it, in order; says whether it is still wanted.</param>
    /// <param name="cancellationToken">Ends the reading early; what was read stays.</param>
    /// <returns>The whole output; <see langword="null"/> when <paramref name="overflow"/> took it.</returns>
    public async Task<byte[]?> ReadAsync(Func<ReadOnlyMemory<byte>, bool> overflow, CancellationToken cancellationToken)
    {
        MemoryStream? whole = new();
        while (await NextAsync(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false) is { Length: > 0 } piece)
        {
            if (whole is not null)
            {
                whole.Write(piece.Span);
                if (whole.Length <= MaxBytes) continue;
                piece = whole.GetBuffer().AsMemory(0, (int)whole.Length);
                whole = null;
            }

            if (!overflow(piece)) await AbandonAsync().ConfigureAwait(false);
        }

        await _exited.ConfigureAwait(false);
        return whole?.ToArray();
    }

    /// <summary>What comes next, valid until the next call; empty at the end; <see langword="null"/> when nothing came for <paramref name="wait"/>.</summary>
    public async Task<ReadOnlyMemory<byte>?> NextAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (!_source.CanRead) return ReadOnlyMemory<byte>.Empty;
        _read ??= _source.ReadAsync(_buffer, CancellationToken.None).AsTask();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task waited = Task.Delay(wait, over.Token); // ends early, without a word, when it is cancelled
        await Task.WhenAny(_read, _exited, waited).ConfigureAwait(false);
        bool isQuiet = waited.IsCompletedSuccessfully && !_exited.IsCompleted;
        if (!_read.IsCompleted && !isQuiet) await Task.WhenAny(_read, Task.Delay(Patience, cancellationToken)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        if (_read.IsCompleted)
        {
            int read = await _read.ConfigureAwait(false);
            _read = null;
            return _buffer.AsMemory(0, read);
        }

        if (isQuiet) return null;
        IsHeldOpen = true;
        return ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>Nobody wants the rest: what the command writes from now on ends it, as at the end of any pipe.</summary>
    public ValueTask AbandonAsync() => _source.DisposeAsync();

    /// <summary>Until the command has ended.</summary>
    public Task EndAsync() => _exited;
}
