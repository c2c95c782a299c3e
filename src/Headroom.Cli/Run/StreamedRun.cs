using System.Diagnostics;

namespace Headroom.Cli.Run;

/// <summary>Prints an output while the command runs: part by part, each made smaller for itself.</summary>
/// <param name="output">What the command writes.</param>
/// <param name="compress">Makes a part smaller.</param>
/// <param name="print">Prints it, and says whether anybody still reads.</param>
internal sealed class StreamedRun(CommandOutput output, Func<byte[], Task<ReadOnlyMemory<byte>>> compress, Func<ReadOnlyMemory<byte>, bool> print)
{
    /// <summary>A part is printed when nothing came for so long: what belongs together is written together.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>A command that never pauses is read in parts of so long. Agents look at what runs in the background every few seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>And of so many bytes, some 250,000 tokens: more than a model reads at once.</summary>
    private const int Largest = 1024 * 1024;

    private readonly OutputParts _parts = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long began = 0;
        while (true)
        {
            TimeSpan wait = _parts.Length == 0 ? Timeout.InfiniteTimeSpan : Quiet;
            ReadOnlyMemory<byte>? next = await output.NextAsync(wait, cancellationToken).ConfigureAwait(false);
            if (next is { Length: 0 }) break;
            if (next is { } bytes)
            {
                if (_parts.Length == 0) began = Stopwatch.GetTimestamp();
                _parts.Add(bytes.Span);
                if (_parts.Length < Largest && Stopwatch.GetElapsedTime(began) < Longest) continue;
            }

            began = Stopwatch.GetTimestamp();
            await PrintAsync(_parts.Length > CommandOutput.MaxBytes ? _parts.TakeAll() : _parts.TakeLines(isQuiet: next is null)).ConfigureAwait(false);
        }

        await PrintAsync(_parts.TakeAll()).ConfigureAwait(false);
        await output.EndAsync().ConfigureAwait(false);
    }

    private async Task PrintAsync(byte[] part)
    {
        if (part.Length == 0) return;
        if (!print(await compress(part).ConfigureAwait(false))) await output.AbandonAsync().ConfigureAwait(false);
    }
}
