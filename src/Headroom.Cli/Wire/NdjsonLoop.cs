using System.Buffers;
using System.Threading.Channels;

namespace Headroom.Cli.Wire;

/// <summary>Answers one JSON object a line: lines are worked on side by side, answers come in the order of the lines.</summary>
/// <remarks>
/// A line that does not follow the protocol is answered with <c>{"error":…}</c> in its place, so that one bad line does not cost the others.
/// Answers are flushed whenever the next one is not ready yet, so a caller may also write a line and wait for its answer.
/// </remarks>
internal sealed class NdjsonLoop(Stream input, Stream output, TextWriter talk)
{
    /// <summary>Lines in work or waiting for their turn: enough that one slow line does not idle the other cores, few enough to bound memory.</summary>
    private static readonly int Window = Environment.ProcessorCount * 8;

    /// <summary>Answers one line into a buffer.</summary>
    public delegate ValueTask Answer(byte[] line, IBufferWriter<byte> answer, CancellationToken cancellationToken);

    private sealed record Result(ReadOnlyMemory<byte> Bytes, string? Error);

    /// <summary>Runs until the input ends.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Answer answer, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<Task<Result>>(new BoundedChannelOptions(Window) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task reading = Task.Run(() => ReadAsync(queue.Writer, answer, stop.Token), CancellationToken.None);
        try
        {
            int bad = await WriteAsync(queue.Reader, stop.Token).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            return bad == 0 ? ExitCodes.Success : ExitCodes.BadData;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(ChannelWriter<Task<Result>> queue, Answer answer, CancellationToken cancellationToken)
    {
        try
        {
            var lines = new ByteLines(input);
            for (int number = 1; lines.Next() is { } line; number++)
            {
                if (line.AsSpan().Trim(" \t"u8).IsEmpty) continue;
                int at = number;
                await queue.WriteAsync(Task.Run(() => AnswerAsync(at, line, answer, cancellationToken), cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            queue.Complete();
        }
    }

    private static async Task<Result> AnswerAsync(int number, byte[] line, Answer answer, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>(line.Length + 256);
        string? error = null;
        try
        {
            await answer(line, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (WireFormatException e)
        {
            error = $"line {number}: {e.Message}";
            bytes.Clear();
            bytes.Write("{\"error\":"u8);
            JsonText.Write(bytes, error);
            bytes.Write("}"u8);
        }

        bytes.Write("\n"u8);
        return new Result(bytes.WrittenMemory, error);
    }

    private async Task<int> WriteAsync(ChannelReader<Task<Result>> queue, CancellationToken cancellationToken)
    {
        int bad = 0;
        using var buffered = new BufferedStream(output, 256 * 1024);
        await foreach (Task<Result> task in queue.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!task.IsCompleted) await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
            Result result = await task.ConfigureAwait(false);
            await buffered.WriteAsync(result.Bytes, cancellationToken).ConfigureAwait(false);
            if (result.Error is not null)
            {
                bad++;
                await talk.WriteLineAsync("headroom: " + result.Error).ConfigureAwait(false);
            }

            if (!queue.TryPeek(out _)) await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        return bad;
    }
}
